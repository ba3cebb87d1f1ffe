// What a fix wants changed, in the words of the AWS API. The source that owns the file turns it into text edits in the
// file's own spelling.

import type { Json, Scalar } from '../base/json.ts';
import type { Location } from '../base/text.ts';
import type { Address } from './reference.ts';

export type EditIntent =
  /** The token at `at` says `value` instead; quotes around it stay. */
  | { readonly kind: 'replace'; readonly at: Location; readonly value: Scalar }
  /**
   * `owner`'s property at `path` (API spelling) becomes `value`; missing parents are made. Formats that can refer write
   * references where texts of `value` name resources in view.
   */
  | {
      readonly kind: 'set';
      readonly owner: Location;
      readonly path: readonly string[];
      readonly value: Json;
      readonly names?: ResourceNames;
    }
  /** The property or list entry whose key or value lies at `at` goes, with its comma and line. */
  | { readonly kind: 'remove'; readonly at: Location }
  /** New resources beside the service described at `at`, where its format holds such. */
  | {
      readonly kind: 'insertResource';
      readonly at: Location;
      /** A rule that sees deployments fail, or alarms. */
      readonly resource: 'deploymentFailedRule' | NewAlarms;
    };

/** Texts of a value that name resources, for the owner at `beside`. */
export interface ResourceNames {
  readonly beside: Address;
  readonly resources: readonly {
    readonly text: string;
    readonly address: Address;
    /** The text is no name, only a stand-in for the reference. */
    readonly isStandIn?: true;
  }[];
}

/** Alarms on a service, which its deployments listen to from then on. */
export interface NewAlarms {
  readonly service: Address;
  /** On targets that are unhealthy; a metric has both dimensions. */
  readonly unhealthyHosts?: {
    readonly namespace: 'AWS/ApplicationELB' | 'AWS/NetworkELB';
    readonly targetGroup: Address;
    readonly loadBalancer: Address;
  };
  /** On fewer tasks than this. */
  readonly fewestTasks?: number;
}

/** Text that a person must replace before the file is right: `<IMAGE_TAG>`. Editors put the cursor there. */
export const IMAGE_TAG_PLACEHOLDER = '<IMAGE_TAG>';
export const TARGET_ARN_PLACEHOLDER = '<TARGET_ARN>';
