// What the entry script of the official nginx images does before nginx starts: it fills templates in, and runs the scripts
// of /docker-entrypoint.d. https://github.com/nginx/docker-nginx/tree/master/entrypoint

import { baseImageName } from '../aws/baseImages.ts';
import { basename } from '../base/uri.ts';
import { stageChain } from '../facts/dockerfile.ts';
import { knownValue } from '../facts/value.ts';
import { containerTexts } from './containerTexts.ts';
import { templateText } from './envsubst.ts';
import type { FileTree } from './fileOperations.ts';
import type { ContainerProcess, FileCommand } from './launcher.ts';
import { shellChanges } from './shell/interpret.ts';
import { textOfWord } from './shell/state.ts';

const SUFFIX = '.template';
const SCRIPTS = '/docker-entrypoint.d';

/** The files as nginx finds them, or why that cannot be told. */
export function nginxTexts(process: ContainerProcess): FileTree | { readonly problem: string } {
  const texts = containerTexts(process);
  // An ENTRYPOINT took the place of the images' own script.
  if (!isOfficial(process)) return texts;
  const scripts = texts.list(SCRIPTS).filter((path) => /\.(?:sh|envsh)$/.test(path));
  const changes: FileCommand[] = [];
  for (const path of scripts) {
    const text = texts.read(path);
    const ran = text?.state === 'known' ? shellChanges(process, textOfWord(text)) : undefined;
    if (ran === undefined) return { problem: `the script ${path} may rewrite nginx's configuration` };
    changes.push(...ran);
  }
  if (changes.length === 0) return withTemplates(process, texts);
  // Which of them run before templates are filled in is decided by their numbers.
  const hasTemplates = texts.list(templateFolder(process)).length > 0;
  if (hasTemplates) return { problem: `scripts of ${SCRIPTS} may rewrite nginx's configuration` };
  return containerTexts({ ...process, changes: [...changes, ...process.changes] });
}

function templateFolder({ environment }: ContainerProcess): string {
  const value = environment.named('NGINX_ENVSUBST_TEMPLATE_DIR')
    ? environment.get('NGINX_ENVSUBST_TEMPLATE_DIR')
    : undefined;
  return value?.state === 'known' ? value.value : '/etc/nginx/templates';
}

function withTemplates(process: ContainerProcess, texts: FileTree): FileTree {
  const variable = (name: string, otherwise: string) => {
    const value = process.environment.named(name) ? process.environment.get(name) : undefined;
    return value?.state === 'known' ? value.value : otherwise;
  };
  const templates = templateFolder(process);
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
