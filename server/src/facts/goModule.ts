// go.mod and go.work: which import paths are folders of the workspace.

import type { Location } from '../base/text.ts';

export interface GoModule {
  readonly kind: 'goModule';
  readonly at: Location;
  /** The path that imports of this module start with; absent in go.work. */
  readonly module?: string;
  /** `replace example.com/lib => ../lib`: import path to folder. */
  readonly replaces: readonly { readonly module: string; readonly folder: string }[];
  /** The folders of `use` in go.work. */
  readonly uses: readonly string[];
}
