// Which paths a running program answers. Undefined where not all of them can be seen, or its framework is not read.

import { dirname, extension, type Uri } from '../base/uri.ts';
import type { ServedRoute } from '../facts/routing.ts';
import type { ContainerProcess } from './launcher.ts';
import { pythonFolders } from './launchers/programOutcome.ts';
import { type RunningProgram, startProgram } from './program.ts';
import { aspnetRoutes } from './routes/aspnet.ts';
import { djangoRoutes } from './routes/django.ts';
import { goRoutes } from './routes/go.ts';
import { railsRoutes } from './routes/rails.ts';
import { programRoutes } from './routes/routers.ts';

type Reader = (program: RunningProgram, process: ContainerProcess) => readonly ServedRoute[] | undefined;

const readers: Readonly<Record<string, Reader>> = {
  '.py': (program) => programRoutes(program) ?? djangoRoutes(program),
  '.js': programRoutes,
  '.mjs': programRoutes,
  '.cjs': programRoutes,
  '.ts': programRoutes,
  '.mts': programRoutes,
  '.cts': programRoutes,
  '.cs': (program, process) => aspnetRoutes(process, program),
  '.go': goRoutes,
  '.ru': (program, process) => railsRoutes(process, program),
};

/** Those of the program that starts from a file. */
export function routesOf(process: ContainerProcess, entry: Uri): readonly ServedRoute[] | undefined {
  const kind = extension(entry);
  const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  if (!read) return undefined;
  // A server that starts `project/wsgi.py` stands in the folder above.
  const folders = [dirname(entry), ...(kind === '.py' ? [dirname(dirname(entry))] : [])];
  const containerFolders = pythonFolders(process);
  const program = startProgram({ process, entry, main: true, arguments: [], folders, containerFolders });
  return program && read(program, process);
}
