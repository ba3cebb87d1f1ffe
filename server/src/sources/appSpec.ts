// CodeDeploy's specifications of deployments to ECS, in YAML and JSON: which container gets the traffic.
// https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html

import { locationOf } from '../base/text.ts';
import { basename, extension, type Uri } from '../base/uri.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { AppSpec } from '../facts/operations.ts';
import { parseJson } from '../syntax/json.ts';
import { childOf, type ObjectNode, scalarText, type Tree, type TreeNode } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { describeObject } from './described/tree.ts';
import { childObject, readNested, readNumber, readString } from './described/values.ts';
import { editJsonAll } from './jsonEdits.ts';
import type { Source } from './source.ts';
import { editYamlAll } from './yamlEdits.ts';

const NAME = /^[\w.-]*app[-_]?spec[\w.-]*\.(?:ya?ml|json)$/i;
const MAX_LENGTH = 100_000;
const MAX_PROBLEMS = 3;
const SERVICE = 'AWS::ECS::Service';

export const appSpec: readonly Source[] = [
  { ...specification('appSpec', ['.yml', '.yaml'], parseYaml, editYamlAll), comment: '#' },
  specification('appSpecJson', ['.json'], parseJson, editJsonAll),
];

function specification(
  id: string,
  endings: readonly string[],
  parse: (text: string) => Tree,
  editAll: NonNullable<Source['editAll']>,
): Source {
  return {
    id,
    discovery: 'scan',
    claims: (uri) => (endings.includes(extension(uri)) && NAME.test(basename(uri)) ? 'maybe' : 'no'),
    recognizes: (text) => text.length <= MAX_LENGTH && text.includes(SERVICE) && text.includes('LoadBalancerInfo'),
    extract({ uri, text }): FileFacts {
      const { root, problems } = parse(text);
      return {
        uri,
        source: id,
        facts: resourcesOf(root).flatMap((node) => specOf(uri, node)),
        problems: problems.slice(0, MAX_PROBLEMS).map(({ span, message }) => ({
          at: locationOf(uri, span.start, span.end),
          message,
        })),
      };
    },
    edit: (file, intent) => editAll(file, [intent]),
    editAll,
  };
}

/** `Resources` is a list of objects, each with one resource under a name of its own. */
function resourcesOf(root: TreeNode | undefined): readonly ObjectNode[] {
  const resources = childOf(root, 'Resources') ?? childOf(root, 'resources');
  const items = resources?.kind === 'array' ? resources.items : [];
  return items.flatMap((item) =>
    (item.kind === 'object' ? item.entries : []).flatMap(({ value }) => {
      const type = childOf(value, 'Type') ?? childOf(value, 'type');
      return value.kind === 'object' && type && scalarText(type) === SERVICE ? [value] : [];
    }),
  );
}

function specOf(uri: Uri, resource: ObjectNode): readonly AppSpec[] {
  const properties = childObject(describeObject(resource, { uri }), 'Properties');
  if (!properties) return [];
  return [
    {
      kind: 'appSpec',
      at: properties.at,
      nameAt: properties.nameAt,
      taskDefinition: readString(properties, 'TaskDefinition'),
      containerName: readNested(properties, 'LoadBalancerInfo', (info) => readString(info, 'ContainerName')),
      containerPort: readNested(properties, 'LoadBalancerInfo', (info) => readNumber(info, 'ContainerPort')),
    },
  ];
}
