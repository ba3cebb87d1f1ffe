// JSON Schemas through VS Code's own JSON support.

import assert from 'node:assert/strict';
import { type CompletionList, commands, languages, type Position, type TextDocument, type Uri, window } from 'vscode';
import { taskDefinition } from '../nineAm.ts';
import { type EditorTest, until } from '../outcome.ts';
import { type Suite, withFile } from './editor.ts';

export const schemaTests: readonly EditorTest<Suite>[] = [
  {
    name: 'a task definition with a wrong type gets a schema warning',
    run: async ({ uri }) => {
      const text = '{\n  "family": "x",\n  "containerDefinitions": "none"\n}\n';
      await withFile(uri('ecs/task-definition.wrong-type.json'), text, async (document) => {
        await until('a warning of the schema', () => schemaWarnings(document.uri).length > 0);
      });
    },
  },
  {
    name: 'the schemas have nothing to say about the workspace',
    run: async ({ uri }) => {
      for (const path of [taskDefinition, 'ecs/service-definition.json']) {
        await window.showTextDocument(uri(path));
        // The JSON server judges half a second after an edit or an opening, and tells nobody when it is done.
        await new Promise((resolve) => setTimeout(resolve, 1500));
        assert.deepEqual(
          schemaWarnings(uri(path)).map((diagnostic) => diagnostic.message),
          [],
          path,
        );
      }
    },
  },
  {
    name: 'completion knows the keys of a container',
    run: async ({ uri }) => {
      const text = '{\n  "family": "x",\n  "containerDefinitions": [\n    { "name": "x",  }\n  ]\n}\n';
      await withFile(uri('ecs/task-definition.new-key.json'), text, async (document) => {
        const at = document.positionAt(text.indexOf(',  }') + 2);
        const labels = await until('completions', async () => {
          const found = await completions(document, at);
          return found.includes('stopTimeout') && found;
        });
        assert.ok(labels.includes('portMappings'), labels.join(', '));
      });
    },
  },
  {
    name: 'completion and warnings work in steadystate.json',
    run: async ({ uri }) => {
      const text = '{\n  "rollback": { "slowAfterMinutes": "ten" },\n  \n}\n';
      await withFile(uri('steadystate.json'), text, async (document) => {
        await until('a warning of the schema', () => schemaWarnings(document.uri).length > 0);
        const at = document.positionAt(text.indexOf('\n  \n') + 3);
        await until('the key "ignore"', async () => (await completions(document, at)).includes('ignore'));
      });
    },
  },
];

function schemaWarnings(uri: Uri) {
  return languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source !== 'steadystate');
}

async function completions(document: TextDocument, at: Position): Promise<readonly string[]> {
  const list = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', document.uri, at);
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label).replaceAll('"', ''));
}
