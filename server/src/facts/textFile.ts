// A file that others take in as text: the template of container definitions that infrastructure code renders.

import type { Location } from '../base/text.ts';

export interface TextFile {
  readonly kind: 'textFile';
  readonly at: Location;
  readonly text: string;
}
