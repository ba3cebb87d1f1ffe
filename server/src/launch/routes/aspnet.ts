// The paths of an ASP.NET Core program. Its controllers stand anywhere in its project and in those that this builds on.

import { dirname, joinUri, type Uri } from '../../base/uri.ts';
import type { Mount, ServedRoute } from '../../facts/routing.ts';
import { projectIn, readProject } from '../dotnet/projects.ts';
import type { ContainerProcess } from '../launcher.ts';
import type { Module } from '../modules.ts';
import type { RunningProgram } from '../program.ts';
import { collectDeclared, collectMentioned, createCollection, routesIn } from './collect.ts';
import { filesBelow } from './folder.ts';

const MOST_PROJECTS = 40;

export function aspnetRoutes(
  process: ContainerProcess,
  { evaluation, entry }: RunningProgram,
): readonly ServedRoute[] | undefined {
  const folders = projectFolders(process, dirname(entry.uri));
  const files = folders && filesBelow(process.files, folders, /\.cs$/);
  const routings = files?.map((uri) => process.files.routing?.(uri));
  if (!files || !routings?.every((routing) => routing !== undefined)) return undefined;
  const used = routings.flatMap((routing) => routing.mounts);
  const telling = files.filter((_uri, index) => (routings[index]?.declared.length ?? 0) > 0);
  if (telling.length === 0) return undefined;
  const modules = files.flatMap((uri) => evaluation.modules.load(uri) ?? []);
  if (modules.length < files.length || used.some((mount) => !isOwn(modules, mount))) return undefined;
  const collection = createCollection(evaluation, modules);
  collectDeclared(collection, '');
  collectMentioned(collection);
  return routesIn(collection);
}

/** The project's folder, and those of the projects that it builds on. */
function projectFolders({ files }: ContainerProcess, folder: Uri): readonly Uri[] | undefined {
  const own = projectIn(files, folder);
  if (!own) return undefined;
  const found = new Map([[own.uri, own.project]]);
  // A map grows while it is walked.
  for (const [uri, { projects }] of found) {
    for (const path of projects) {
      const next = joinUri(dirname(uri), path);
      const project = readProject(files, next);
      if (!project || found.size > MOST_PROJECTS) return undefined;
      found.set(next, project);
    }
  }
  return [...found.keys()].map(dirname);
}

/** `app.MapStatusEndpoints()` of the program itself: what it maps stands among its paths. */
function isOwn(modules: readonly Module[], { target }: Mount): boolean {
  if (!('call' in target) || target.call.kind !== 'name') return false;
  const { name } = target.call;
  return modules.some(({ definitions }) => definitions.get(name)?.some(({ value }) => value.kind === 'function'));
}
