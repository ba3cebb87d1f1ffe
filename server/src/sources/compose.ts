// Docker compose files, as far as they say which Dockerfile builds which image. They are read for that alone: what a
// compose file runs is no deployment to ECS. Files for one's own machine and for tests are left out.

import { basename } from '../base/uri.ts';
import type { PipelineBuild } from '../facts/pipeline.ts';
import type { EnvironmentVariable } from '../facts/taskDefinition.ts';
import { absent, known, type Value } from '../facts/value.ts';
import { childOf, type ObjectNode, scalarText, type TreeEntry, type TreeNode } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { noSteps, pipelineOf, settledText } from './scriptedPipeline.ts';
import type { Source } from './source.ts';
import { keyPlace, placeOf, tokenOf } from './treeValues.ts';
import { editYaml } from './yamlEdits.ts';

const NAME = /^(?:docker-)?compose(?:[.\-_][\w.-]*)?\.ya?ml$/i;
const OWN_MACHINE = /(?:^|[.\-_])(?:dev|develop|development|local|test|tests|testing|override|debug|e2e|ci)(?=[.\-_])/i;

export const compose: Source = {
  id: 'compose',
  discovery: 'scan',
  comment: '#',

  claims(uri) {
    const name = basename(uri);
    return NAME.test(name) && !OWN_MACHINE.test(name) ? 'maybe' : 'no';
  },
  recognizes: (text) => /^[ \t]*build[ \t]*:/m.test(text),

  extract({ uri, text }) {
    const nothing = { uri, source: 'compose', facts: [], problems: [] };
    const { root } = parseYaml(text, { templates: false });
    const services = childOf(root, 'services');
    if (!root || services?.kind !== 'object') return nothing;
    const builds = services.entries.flatMap((entry) => buildOf(uri, entry));
    const found = { ...noSteps(), builds };
    const pipeline = pipelineOf(placeOf(uri, root), { origin: 'compose', pathsFrom: 'file' }, found);
    return pipeline ? { ...nothing, facts: [pipeline] } : nothing;
  },

  edit: editYaml,
};

function buildOf(uri: string, { key, keySpan, span, value: service }: TreeEntry): readonly PipelineBuild[] {
  const build = childOf(service, 'build');
  if (!build || service.kind !== 'object') return [];
  const at = keyPlace(uri, { key, keySpan, span, value: service });
  const owner = build.kind === 'object' ? build : undefined;
  const read = (name: string): Value<string> => textAt(uri, owner && childOf(owner, name), at);
  const context = owner ? read('context') : textAt(uri, build, at);
  const image = childOf(service, 'image');
  return [
    {
      at,
      context,
      dockerfile: read('dockerfile'),
      workingDirectory: absent(at),
      tags: image ? [textAt(uri, image, at)] : [],
      target: read('target'),
      buildArguments: owner ? argumentsOf(uri, owner) : [],
      pushes: false,
      service: key,
    },
  ];
}

function textAt(uri: string, node: TreeNode | undefined, owner: PipelineBuild['at']): Value<string> {
  const text = node && scalarText(node);
  if (!node || text === undefined || text === '') return absent(owner);
  return settledText(text, tokenOf(uri, node));
}

/** `args` as a mapping, or as a list of `NAME=value`. A name alone takes its value from the environment. */
function argumentsOf(uri: string, build: ObjectNode): readonly EnvironmentVariable[] {
  const list = childOf(build, 'args');
  if (list?.kind === 'object') {
    return list.entries.map((entry) => {
      const at = tokenOf(uri, entry.value);
      const value = settledText(scalarText(entry.value) || '$', at);
      return { name: known(entry.key, keyPlace(uri, entry)), value, at };
    });
  }
  return (list?.kind === 'array' ? list.items : []).flatMap((item) => {
    const at = tokenOf(uri, item);
    const [, name, value] = /^(\w+)(?:=([\s\S]*))?$/.exec(scalarText(item) ?? '') ?? [];
    return name === undefined ? [] : [{ name: known(name, at), value: settledText(value ?? '$', at), at }];
  });
}
