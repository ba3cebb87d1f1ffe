// Programs of the AWS CDK in TypeScript, JavaScript and Python: found by `cdk.json`, followed by their imports. `cdk/` runs
// them as far as their text decides; the facts of what they make are read in `described/`.
// https://docs.aws.amazon.com/cdk/v2/guide/cli.html

import { locationOf, type SourceFile } from '../base/text.ts';
import { basename, dirname, type Uri } from '../base/uri.ts';
import type { ConstructApp } from '../facts/constructApp.ts';
import { type Fact, type FileFacts, factOf } from '../facts/fileFacts.ts';
import type { UnitFiles } from '../facts/files.ts';
import { absent, knownValue } from '../facts/value.ts';
import { parseJson } from '../syntax/json.ts';
import { childOf } from '../syntax/tree.ts';
import { entryOf } from './cdk/entry.ts';
import { resourcesOf } from './cdk/resources.ts';
import { runProgram } from './cdk/run.ts';
import { factsOf } from './described/resources.ts';
import { editJson } from './jsonEdits.ts';
import type { Source } from './source.ts';
import { stringValue } from './treeValues.ts';

const FOREIGN = /\/(?:node_modules|cdk\.out)\//;

export const cdk: Source = {
  id: 'cdk',
  discovery: 'scan',
  claims: (uri) => (basename(uri) === 'cdk.json' && !FOREIGN.test(uri) ? 'yes' : 'no'),
  extract,
  unit: ({ uri, facts }) => (facts.length > 0 ? `${dirname(uri)}/` : undefined),
  resolve,
  edit: editJson,
};

function extract({ uri, text }: SourceFile): FileFacts {
  const { root } = parseJson(text);
  const app = childOf(root, 'app');
  const at = locationOf(uri, 0, text.length);
  const fact: ConstructApp = { kind: 'constructApp', at, command: app ? stringValue(app, uri) : absent(at) };
  return { uri, source: 'cdk', facts: root ? [fact] : [], problems: [] };
}

function resolve(unit: Uri, files: UnitFiles): readonly Fact[] {
  const folder = unit.replace(/\/$/, '');
  const app = factOf(files.facts(`${folder}/cdk.json`, 'constructApp'), 'constructApp');
  const command = knownValue(app?.command);
  const entry = command === undefined ? undefined : entryOf(command, folder, files);
  if (entry === undefined) return [];
  const made = runProgram(entry, folder, files);
  return resourcesOf({ unit, folder, made }).flatMap(factsOf);
}
