// Launches a container of a small workspace written as texts, through the real sources, and says what came out.

import { readFile } from 'node:fs/promises';
import type { Uri } from '../../server/src/base/uri.ts';
import type { FileFacts } from '../../server/src/facts/fileFacts.ts';
import { factOf } from '../../server/src/facts/fileFacts.ts';
import type { Container, EnvironmentVariable } from '../../server/src/facts/taskDefinition.ts';
import { known } from '../../server/src/facts/value.ts';
import type { Files } from '../../server/src/launch/files.ts';
import type { LaunchResult } from '../../server/src/launch/index.ts';
import { launch } from '../../server/src/launch/index.ts';
import { sources } from '../../server/src/sources/index.ts';
import type { Source } from '../../server/src/sources/source.ts';
import { loadGrammar, RUNTIME } from '../../server/src/syntax/treeSitter.ts';
import { grammarFile, grammarNames } from '../../server/src/tools/grammars.ts';

const ROOT = 'file:///ws';

/** Path → text. `task.json` is the task definition; without it the container has only a name and an image. */
export type Workspace = Readonly<Record<string, string>>;

export async function loadGrammars(): Promise<void> {
  for (const name of [RUNTIME, ...grammarNames]) await loadGrammar(name, await readFile(grammarFile(name)));
}

/** Files of a workspace, read by the sources that claim them. */
export function filesOf(workspace: Workspace): Files {
  const uris = Object.keys(workspace)
    .map((path) => `${ROOT}/${path}`)
    .sort();
  const set = new Set(uris);
  const cache = new Map<Uri, FileFacts | undefined>();
  return {
    exists: (uri) => set.has(uri),
    folderExists: (uri) => uris.some((file) => file.startsWith(`${uri}/`)),
    list: (folder) => uris.filter((file) => file.slice(0, file.lastIndexOf('/')) === folder),
    folders: (folder) => subfolders(uris, folder),
    facts: (uri) => {
      if (!cache.has(uri)) cache.set(uri, extract(uri, workspace[uri.slice(ROOT.length + 1)]));
      return cache.get(uri);
    },
  };
}

function subfolders(uris: readonly Uri[], folder: Uri): readonly Uri[] {
  const inside = uris.filter((uri) => uri.startsWith(`${folder}/`));
  const names = inside.flatMap((uri) =>
    uri
      .slice(folder.length + 1)
      .split('/')
      .slice(0, -1)
      .slice(0, 1),
  );
  return [...new Set(names)].sort().map((name) => `${folder}/${name}`);
}

function extract(uri: Uri, text: string | undefined): FileFacts | undefined {
  if (text === undefined) return undefined;
  return sourceOf(uri, text)?.extract({ uri, text });
}

/** As the engine picks it: those that scan the workspace first. */
function sourceOf(uri: Uri, text: string): Source | undefined {
  const scanning = sources.filter(({ discovery }) => discovery === 'scan');
  return [...scanning, ...sources].find((source) => {
    const claim = source.claims(uri);
    return claim === 'yes' || (claim === 'maybe' && (source.recognizes?.(text) ?? true));
  });
}

/** Launches the first container of `task.json` with the image of `Dockerfile`, if there is one. */
export function launchWorkspace(workspace: Workspace, injected: Readonly<Record<string, string>> = {}): LaunchResult {
  const task = JSON.stringify({ containerDefinitions: [{ name: 'app', image: 'acme/app:1' }], family: 'app' });
  const files = filesOf({ 'task.json': task, ...workspace });
  const uri = `${ROOT}/Dockerfile`;
  const image = factOf(files.facts(uri), 'dockerfile');
  return launch({
    container: containerOf(files),
    ...(image ? { build: { uri, dockerfile: image, stage: image.stages.length - 1, context: ROOT } } : {}),
    injected: Object.entries(injected).map(([name, value]) => injectedVariable(name, value)),
    files,
  });
}

/** A variable as a workflow's render step writes it. */
function injectedVariable(name: string, value: string): EnvironmentVariable {
  const at = { uri: `${ROOT}/deploy.yml`, span: { start: 0, end: 0 } };
  return { name: known(name, at), value: known(value, at), at };
}

function containerOf(files: Files): Container {
  const task = factOf(files.facts(`${ROOT}/task.json`), 'taskDefinition');
  const [container] = task?.containerDefinitions.items ?? [];
  if (container === undefined) throw new Error('task.json has no container');
  return container;
}

/** `3000`, `127.0.0.1:5000`, `80 443`, `none`, or `unknown: reason`. */
export function summary({ listens }: LaunchResult): string {
  if (listens.state === 'none') return 'none';
  if (listens.state === 'unknown') return `unknown: ${listens.reason}`;
  return listens.ports
    .map(({ port, host }) => {
      const address = host.state === 'known' ? host.value : '?';
      return address === '0.0.0.0' || address === '::' ? `${port.value}` : `${address}:${port.value}`;
    })
    .join(' ');
}

/** The texts of the steps to the first port. */
export function steps({ listens }: LaunchResult): readonly string[] {
  if (listens.state !== 'known') return listens.because.map((step) => step.text);
  return listens.ports[0]?.because.map((step) => step.text) ?? [];
}

/** `path:token` of the place that decides the first port. */
export function decidedAt({ listens }: LaunchResult, workspace: Workspace): string | undefined {
  const at = listens.state === 'known' ? listens.ports[0]?.port.at : undefined;
  if (at === undefined) return undefined;
  const path = at.uri.slice(ROOT.length + 1);
  return `${path}:${(workspace[path] ?? '').slice(at.span.start, at.span.end)}`;
}

/** A task definition with one container. */
export function taskOf(container: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ family: 'app', containerDefinitions: [{ name: 'app', image: 'acme/app:1', ...container }] });
}
