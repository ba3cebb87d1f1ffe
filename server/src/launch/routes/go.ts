// The paths of Go programs. A router that was not followed to the server may stand below anything.

import type { ServedRoute } from '../../facts/routing.ts';
import type { RunningProgram } from '../program.ts';
import { collect, collectDeclared, collectMentioned, collectRest, createCollection, routesIn } from './collect.ts';
import { isRead, routersOf } from './routers.ts';

export function goRoutes({ evaluation, open }: RunningProgram): readonly ServedRoute[] | undefined {
  const applications = routersOf(evaluation).filter(({ router }) => router.isApplication);
  if (applications.length === 0 || !isRead(evaluation) || open.some(({ kind }) => kind !== 'external'))
    return undefined;
  const collection = createCollection(evaluation);
  for (const application of applications) collect(collection, application, '');
  collectRest(collection);
  collectDeclared(collection, '');
  collectMentioned(collection);
  return routesIn(collection);
}
