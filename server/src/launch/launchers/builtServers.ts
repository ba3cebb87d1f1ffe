// Servers that a framework's build writes, so that no source of theirs is in the workspace: Next's standalone output,
// Nitro (Nuxt), SvelteKit and Astro on Node.

import { commandDefaults } from '../../aws/commandDefaults.ts';
import { factOf } from '../../facts/fileFacts.ts';
import { containerPath, serverListens, workspaceFile } from '../argv.ts';
import type { ContainerProcess, Outcome } from '../launcher.ts';

interface BuiltServer {
  readonly server: string;
  readonly defaults: { readonly port: number; readonly host: string };
  readonly portVariables: readonly string[];
  readonly hostVariables: readonly string[];
  /** A path of the container, or of the workspace, that is such a server. */
  readonly path: RegExp;
  /** A dependency that says so where the path alone does not. */
  readonly dependency?: string;
}

const servers: readonly BuiltServer[] = [
  {
    // dist/build/utils.js writes `process.env.PORT || 3000` and `process.env.HOSTNAME || '0.0.0.0'`.
    server: 'Next.js',
    defaults: commandDefaults.next,
    portVariables: ['PORT'],
    hostVariables: ['HOSTNAME'],
    path: /\/\.next\/standalone\/(?:.*\/)?server\.js$/,
  },
  {
    // https://nitro.build/deploy/runtimes/node
    server: 'Nitro',
    defaults: commandDefaults.nuxt,
    portVariables: ['NITRO_PORT', 'PORT'],
    hostVariables: ['NITRO_HOST', 'HOST'],
    path: /\/\.output\/server\/index\.mjs$/,
  },
  {
    // https://svelte.dev/docs/kit/adapter-node
    server: 'SvelteKit',
    defaults: { port: 3000, host: '0.0.0.0' },
    portVariables: ['PORT'],
    hostVariables: ['HOST'],
    path: /\/build(?:\/index(?:\.js)?)?$/,
    dependency: '@sveltejs/adapter-node',
  },
  {
    // https://docs.astro.build/en/guides/integrations-guide/node/
    server: 'Astro',
    defaults: { port: 4321, host: 'localhost' },
    portVariables: ['PORT'],
    hostVariables: ['HOST'],
    path: /\/dist\/server\/entry\.mjs$/,
    dependency: '@astrojs/node',
  },
];

/** What `node path` listens on where the path is a framework's own output. */
export function builtServer(process: ContainerProcess, path: string): Outcome | undefined {
  const inContainer = containerPath(process, path);
  const target = process.image.workspaceUri(inContainer) ?? '';
  const found = servers.find(
    (server) =>
      (server.path.test(target) || server.path.test(inContainer)) &&
      (server.dependency === undefined || dependsOn(process, server.dependency)),
  );
  if (found === undefined) return undefined;
  const portVariable = found.portVariables.find((name) => process.environment.get(name) !== undefined);
  const hostVariable = found.hostVariables.find((name) => process.environment.get(name) !== undefined);
  return serverListens(process, {
    server: found.server,
    port: undefined,
    host: undefined,
    defaults: found.defaults,
    ...(portVariable === undefined ? {} : { portVariable }),
    ...(hostVariable === undefined ? {} : { hostVariable }),
  });
}

function dependsOn(process: ContainerProcess, name: string): boolean {
  const uri = workspaceFile(process, 'package.json');
  const manifest = uri === undefined ? undefined : factOf(process.files.facts(uri), 'packageManifest');
  return manifest?.dependencies.includes(name) ?? false;
}
