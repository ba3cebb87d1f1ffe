// The environment that a Ruby server runs in, by the variables it reads, strongest first.

import type { Value } from '../../facts/value.ts';
import type { ContainerProcess } from '../launcher.ts';

/** Undefined where it is open. */
export function environmentOf(
  process: ContainerProcess,
  flag: Value<string> | undefined,
  variables: readonly string[],
): string | undefined {
  for (const value of [flag, ...variables.map((name) => process.environment.get(name))]) {
    if (value === undefined) continue;
    if (value.state !== 'known') return undefined;
    if (value.value !== '') return value.value;
  }
  return 'development';
}
