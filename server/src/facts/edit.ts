// What a fix wants changed, in the words of the AWS API. The source that owns the file turns it into text edits in the
// file's own spelling.

import type { Json, Scalar } from '../base/json.ts';
import type { Location } from '../base/text.ts';

export type EditIntent =
  /** The token at `at` says `value` instead; quotes around it stay. */
  | { readonly kind: 'replace'; readonly at: Location; readonly value: Scalar }
  /** `owner`'s property at `path` (API spelling) becomes `value`; missing parents are made. */
  | { readonly kind: 'set'; readonly owner: Location; readonly path: readonly string[]; readonly value: Json }
  /** The property or list entry whose key or value lies at `at` goes, with its comma and line. */
  | { readonly kind: 'remove'; readonly at: Location }
  /** A new resource beside the description at `at`, where its format holds such: a rule that sees deployments fail. */
  | { readonly kind: 'insertResource'; readonly at: Location; readonly resource: 'deploymentFailedRule' };

/** Text that a person must replace before the file is right: `<IMAGE_TAG>`. Editors put the cursor there. */
export const IMAGE_TAG_PLACEHOLDER = '<IMAGE_TAG>';
export const TARGET_ARN_PLACEHOLDER = '<TARGET_ARN>';
