// ecspresso's configuration: the service, and the files that describe it and its task definition. Those files are read by
// `ecsJson.ts` and `jsonnet.ts`. https://github.com/kayac/ecspresso#configuration-file

import { locationOf, type SourceFile } from '../base/text.ts';
import { basename, dirname, extension, joinUri } from '../base/uri.ts';
import type { DeployConfig } from '../facts/deployConfig.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import { mapValue, type Value } from '../facts/value.ts';
import { parseJson } from '../syntax/json.ts';
import { parseJsonnet } from '../syntax/jsonnet.ts';
import { entryOf, type Tree } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { describeObject } from './described/tree.ts';
import { readString } from './described/values.ts';
import type { Source } from './source.ts';

const PARSERS: Readonly<Record<string, (text: string) => Tree>> = {
  '.yml': parseYaml,
  '.yaml': parseYaml,
  '.json': parseJson,
  '.jsonnet': parseJsonnet,
};

const MAX_LENGTH = 200_000;
/** A key at the margin, or of the only object: no key of a workflow's step. */
const TASK_DEFINITION = /^[ \t]{0,4}["']?task_definition["']?[ \t]*:/m;
const OTHER_KEY = /^[ \t]{0,4}["']?(?:service_definition|service|cluster|region)["']?[ \t]*:/m;

export const ecspresso: Source = {
  id: 'ecspresso',
  discovery: 'scan',
  comment: '#',

  claims(uri) {
    const ending = extension(uri);
    if (!Object.hasOwn(PARSERS, ending) || uri.includes('/node_modules/')) return 'no';
    return ending !== '.json' || /ecspresso|config/i.test(basename(uri)) ? 'maybe' : 'no';
  },
  recognizes: (text) => text.length <= MAX_LENGTH && TASK_DEFINITION.test(text) && OTHER_KEY.test(text),

  extract: ({ uri, text }) => ({ uri, source: 'ecspresso', facts: configOf({ uri, text }), problems: [] }),

  edit: () => [],
};

function configOf({ uri, text }: SourceFile): FileFacts['facts'] {
  const { root } = (PARSERS[extension(uri)] ?? parseYaml)(text);
  if (root?.kind !== 'object' || !entryOf(root, 'task_definition')) return [];
  const config = describeObject(root, { uri });
  const file = (key: string): Value<string> =>
    mapValue(readString(config, key), (path) => (path === '' ? undefined : joinUri(dirname(uri), path)));
  const fact: DeployConfig = {
    kind: 'deployConfig',
    at: locationOf(uri, root.span.start, root.span.end),
    service: readString(config, 'service'),
    cluster: readString(config, 'cluster'),
    serviceDefinition: file('service_definition'),
    taskDefinition: file('task_definition'),
  };
  return [fact];
}
