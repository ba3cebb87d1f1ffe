// The fix that most findings have: their one wrong value, written right.

import type { Scalar } from '../base/json.ts';
import type { Location } from '../base/text.ts';
import type { Fix, FixKind } from './rule.ts';

/** The preferred fix that writes `value` over the token at `at`. */
export function replaceFix(title: string, kind: FixKind, at: Location, value: Scalar): Fix {
  return { title, kind, preferred: true, intents: [{ kind: 'replace', at, value }] };
}
