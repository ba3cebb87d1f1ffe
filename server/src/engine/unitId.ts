// Units of formats that spread over several files, as keys: `u:terraform file:///ws/infra/`.

import type { Uri } from '../base/uri.ts';
import type { Source } from '../sources/source.ts';

export type UnitId = string;

export function unitId(source: Source, unit: Uri): UnitId {
  return `u:${source.id} ${unit}`;
}

export function sourceOfUnit(unit: UnitId): string {
  return unit.slice(2, unit.indexOf(' '));
}

/** The address of a unit: its folder, or its root file. */
export function unitUri(unit: UnitId): Uri {
  return unit.slice(unit.indexOf(' ') + 1);
}
