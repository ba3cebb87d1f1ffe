// The paths of NestJS programs: those of their controllers below the global prefix. Modules of packages may bring
// controllers of their own. https://docs.nestjs.com/controllers, https://docs.nestjs.com/faq/global-prefix

import type { Module } from '../modules.ts';
import { type Collection, collectDeclared, collectMentioned, textOf } from './collect.ts';
import type { FoundRouter } from './named.ts';

/** Packages whose modules have no controllers. */
const QUIET =
  /^(?:@nestjs\/(?:common|core|config|typeorm|mongoose|sequelize|jwt|passport|throttler|schedule|bull|bullmq|cache-manager|axios|event-emitter|cqrs|terminus|microservices|swagger|elasticsearch|mapped-types|testing|websockets|platform-[\w-]+|graphql|apollo|mercurius)|@willsoto\/nestjs-prometheus|@nestjs-modules\/[\w-]+|@mikro-orm\/nestjs|@liaoliaots\/[\w-]+|@songkeys\/[\w-]+|@golevelup\/nestjs-(?:rabbitmq|discovery|modules)|@sentry\/nestjs(?:\/setup)?|nestjs-(?:pino|i18n|prisma|zod|cls|config|typegoose|redis|s3|minio-client|command|joi|telegraf|pg-kysely|otel|knex|real-ip|form-data|throttler-storage-redis)|nest-(?:winston|aws-sdk|commander|raven|keycloak-connect)|@nestlab\/[\w-]+|nestjs-[\w-]*-config|@prisma\/[\w-]+)(?:\/|$)/;

/** What packages answer by themselves. */
const ownPaths: readonly (readonly [RegExp, string])[] = [
  [/^@nestjs\/(?:graphql|apollo|mercurius)$/, 'graphql'],
  [/^@willsoto\/nestjs-prometheus$/, 'metrics'],
];

/** False where not all controllers are in view. */
export function collectNest(collection: Collection, { module, router }: FoundRouter): boolean {
  const { evaluation, modules, routes } = collection;
  if (modules.some((file) => bringsControllers(collection, file))) return false;
  const prefix = router.prefix ? textOf(evaluation, router.prefix, module) : '';
  const isMoved = router.anywhere || modules.some(({ program }) => program.imports.some(isRouterModule));
  collectDeclared(collection, isMoved ? undefined : prefix);
  collectMentioned(collection);
  for (const [name, path] of ownPaths) {
    const found = modules.flatMap(({ program }) => program.imports).find((one) => name.test(one.module));
    if (found) routes.push({ path: `/${path}`, below: true, anywhere: true, at: found.at });
  }
  return true;
}

/** https://docs.nestjs.com/recipes/router-module */
function isRouterModule({ module, name }: Module['program']['imports'][number]): boolean {
  return module === '@nestjs/core' && name === 'RouterModule';
}

function bringsControllers({ evaluation }: Collection, { uri, program }: Module): boolean {
  return program.imports.some(
    ({ module, name = '' }) =>
      /Module$/.test(name) &&
      !QUIET.test(module) &&
      evaluation.modules.resolve(uri, program.language, module).kind === 'external',
  );
}
