// What the entry script of the official nginx images does before nginx starts: it fills templates in, and runs the scripts
// of /docker-entrypoint.d. https://github.com/nginx/docker-nginx/tree/master/entrypoint

import { baseImageName } from '../aws/baseImages.ts';
import { basename } from '../base/uri.ts';
import { stageChain } from '../facts/dockerfile.ts';
import { knownValue } from '../facts/value.ts';
import { templateText } from './envsubst.ts';
import type { FileTree } from './fileOperations.ts';
import type { ContainerProcess } from './launcher.ts';

const SUFFIX = '.template';

/** The files as nginx finds them: the images' own script has run unless an ENTRYPOINT took its place. */
export function withTemplates(process: ContainerProcess, texts: FileTree): FileTree {
  if (!isOfficial(process)) return texts;
  const variable = (name: string, otherwise: string) => {
    const value = process.environment.named(name) ? process.environment.get(name) : undefined;
    return value?.state === 'known' ? value.value : otherwise;
  };
  const templates = variable('NGINX_ENVSUBST_TEMPLATE_DIR', '/etc/nginx/templates');
  const output = variable('NGINX_ENVSUBST_OUTPUT_DIR', '/etc/nginx/conf.d');
  const suffix = variable('NGINX_ENVSUBST_TEMPLATE_SUFFIX', SUFFIX);
  return {
    read(path) {
      const isOutput = path.startsWith(`${output}/`);
      const template = isOutput ? texts.read(`${templates}${path.slice(output.length)}${suffix}`) : undefined;
      return template === undefined ? texts.read(path) : templateText(template, process.environment);
    },
    list(folder) {
      if (folder !== output) return texts.list(folder);
      const filled = texts
        .list(templates)
        .filter((path) => path.endsWith(suffix))
        .map((path) => `${output}/${basename(path).slice(0, -suffix.length)}`);
      return [...new Set([...texts.list(folder), ...filled])].sort();
    },
  };
}

function isOfficial({ build, imageReference }: ContainerProcess): boolean {
  if (build === undefined) return imageReference !== undefined;
  const chain = stageChain(build.dockerfile, build.stage);
  const reference = knownValue(chain.at(-1)?.from) ?? '';
  if (!/^(?:nginx|nginxinc\/nginx-unprivileged)$/.test(baseImageName(reference).repository)) return false;
  const own = chain.flatMap(({ instructions }) => instructions).find(({ kind }) => kind === 'entrypoint');
  const hasOwn =
    own?.kind === 'entrypoint' && !own.command.words.some((word) => knownValue(word)?.includes('docker-entrypoint.sh'));
  return !hasOwn;
}
