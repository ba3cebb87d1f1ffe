// A manifest of AWS Copilot as it is written, before the overrides of its environments are laid over it.

import type { Location } from '../base/text.ts';
import type { ObjectNode } from '../syntax/tree.ts';

export interface CopilotManifest {
  readonly kind: 'copilotManifest';
  readonly at: Location;
  readonly root: ObjectNode;
}
