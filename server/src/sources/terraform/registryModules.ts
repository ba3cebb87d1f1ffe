// Well-known modules of the registry whose arguments describe a service.

import type { Fact } from '../../facts/fileFacts.ts';
import type { Context, Scope } from './context.ts';
import type { BlockDefinition } from './definitions.ts';

export function registryFacts(_definition: BlockDefinition, _scope: Scope, _context: Context): readonly Fact[] {
  return [];
}
