// The findings as VS Code shows them, in open and in closed files.

import assert from 'node:assert/strict';
import {
  ConfigurationTarget,
  commands,
  DiagnosticSeverity,
  env,
  type Hover,
  type MarkdownString,
  Position,
  workspace,
} from 'vscode';
import { portRule, program, rightPort, taskDefinition, wrongPort } from '../nineAm.ts';
import { type EditorTest, until } from '../outcome.ts';
import { errors, finding, noFinding, ours, replaceText, type Suite } from './editor.ts';

export const diagnosticTests: readonly EditorTest<Suite>[] = [
  {
    name: 'the wrong port is found in a task definition that nobody opened',
    run: async ({ uri }) => {
      const found = await finding(uri(taskDefinition), portRule);
      assert.ok(!workspace.textDocuments.some((document) => document.fileName.endsWith(taskDefinition)));
      const document = await workspace.openTextDocument(uri(taskDefinition));
      assert.equal(document.getText(found.range), wrongPort);
      assert.match(found.message, new RegExp(`${rightPort}.*${wrongPort}`));
      assert.equal(errors(uri(taskDefinition)).length, 1);
    },
  },
  {
    name: 'its related places lead to the program and the service',
    run: async ({ uri }) => {
      const found = await finding(uri(taskDefinition), portRule);
      const related = found.relatedInformation ?? [];
      const places = related.map(({ location }) => workspace.asRelativePath(location.uri, false));
      assert.ok(places.includes(program), `related: ${places.join(', ')}`);
      assert.ok(places.includes('ecs/service-definition.json'), `related: ${places.join(', ')}`);
      const inProgram = related.find(({ location }) => location.uri.path.endsWith(program))?.location;
      const document = await workspace.openTextDocument(uri(program));
      assert.match(document.lineAt(inProgram?.range.start.line ?? 0).text, new RegExp(rightPort));
    },
  },
  {
    name: 'its code links to the page of the rule, in this editor',
    run: async ({ uri }) => {
      const { code } = await finding(uri(taskDefinition), portRule);
      assert.ok(typeof code === 'object');
      assert.equal(code.target.toString(), `${env.uriScheme}://steadystate.steadystate/rules/${portRule}`);
    },
  },
  {
    name: 'an unsaved edit of the program changes the finding in the task definition',
    run: async ({ uri }) => {
      await finding(uri(taskDefinition), portRule);
      await replaceText(uri(program), rightPort, wrongPort);
      await noFinding(uri(taskDefinition), portRule);
      await replaceText(uri(program), wrongPort, rightPort);
      await finding(uri(taskDefinition), portRule);
    },
  },
  {
    name: 'the finding follows an edit of the task definition itself',
    run: async ({ uri }) => {
      const before = (await finding(uri(taskDefinition), portRule)).range.start.line;
      await replaceText(uri(taskDefinition), '{\n', '{\n\n');
      await until('the finding one line below', () =>
        ours(uri(taskDefinition)).some(({ range }) => range.start.line === before + 1),
      );
      await replaceText(uri(taskDefinition), '{\n\n', '{\n');
      await until('the finding at its line', () =>
        ours(uri(taskDefinition)).some(({ range }) => range.start.line === before),
      );
    },
  },
  {
    name: 'hovering over the port says what it is linked to',
    run: async ({ uri }) => {
      const { range } = await finding(uri(taskDefinition), portRule);
      const text = await hoverText(uri(taskDefinition).fsPath, range.start);
      assert.match(text, new RegExp(rightPort));
      assert.match(text, /app\.py/);
    },
  },
  {
    name: 'the settings of the editor change the severity of a rule',
    run: async ({ uri }) => {
      const settings = workspace.getConfiguration('steadystate');
      await settings.update('rules', { [portRule]: 'warning' }, ConfigurationTarget.Workspace);
      try {
        await until(
          'the finding as a warning',
          async () => (await finding(uri(taskDefinition), portRule)).severity === DiagnosticSeverity.Warning,
        );
      } finally {
        await settings.update('rules', undefined, ConfigurationTarget.Workspace);
      }
      await until('the finding as an error', () => errors(uri(taskDefinition)).length === 1);
    },
  },
  {
    name: 'a document without a file does no harm',
    run: async ({ uri }) => {
      const content = '{ "family": "x", "containerDefinitions": [ { "name": "x", "image": "x:latest" } ] }';
      await workspace.openTextDocument({ language: 'json', content });
      await replaceText(uri(program), rightPort, wrongPort);
      await noFinding(uri(taskDefinition), portRule);
      await replaceText(uri(program), wrongPort, rightPort);
      await finding(uri(taskDefinition), portRule);
    },
  },
];

async function hoverText(path: string, position: Position): Promise<string> {
  const document = await workspace.openTextDocument(path);
  const at = new Position(position.line, position.character + 1);
  const hovers = await commands.executeCommand<readonly Hover[]>('vscode.executeHoverProvider', document.uri, at);
  return hovers
    .flatMap((hover) => hover.contents)
    .map((content) => (content as MarkdownString).value)
    .join('\n');
}
