// A description in the words of the AWS API, whatever format it is written in. Formats make it; `taskDefinition.ts`,
// `service.ts` and their neighbors read facts from it, so that each shape of the API is read in one place. Every part
// has its own place, because a value may stand in another file than the description that uses it.

import type { Location } from '../../base/text.ts';
import type { Address } from '../../facts/reference.ts';
import type { ImageBuild } from '../../facts/taskDefinition.ts';
import type { Value } from '../../facts/value.ts';

export type Described = DescribedObject | DescribedList | DescribedScalar | DescribedChoice;

export interface DescribedObject {
  readonly kind: 'object';
  /** The whole of it. */
  readonly at: Location;
  /** The token that names it to people: a name, a logical id, the key it stands under, else its start. */
  readonly nameAt: Location;
  /** Keys in the API's spelling of ECS: `containerPort`. A key that is repeated counts as its last. */
  readonly entries: readonly DescribedEntry[];
  /** Of a container: how its image is built, where the description says so. */
  readonly build?: ImageBuild;
  /** Why what it does not say is not absent, where it is not: a broken text, a merge that cannot be seen. */
  readonly unsaid?: string;
}

export interface DescribedEntry {
  readonly key: string;
  readonly keyAt: Location;
  readonly value: Described;
  /** It may or may not be there. */
  readonly conditional?: true;
}

export interface DescribedList {
  readonly kind: 'list';
  readonly at: Location;
  readonly items: readonly Described[];
  /** False where a template, a merge or a computed part may add items. */
  readonly complete: boolean;
}

/** A plain value; `absent` for an explicit null or `AWS::NoValue`, `dynamic` for what cannot be resolved. */
export interface DescribedScalar {
  readonly kind: 'scalar';
  readonly value: Value<string | number | boolean>;
}

/** What it is depends on a condition that the files do not decide. */
export interface DescribedChoice {
  readonly kind: 'choice';
  readonly at: Location;
  readonly branches: readonly { readonly when: string; readonly value: Described }[];
}

/** A resource of infrastructure code. `type` is CloudFormation's, whatever the format calls it. */
export interface DescribedResource {
  /** `AWS::ECS::Service`. */
  readonly type: string;
  readonly address: Address;
  /** What the description itself calls it: a logical id, the name of a block or construct. */
  readonly logicalName?: string;
  /** Properties in ECS's API spelling for ECS resources, else in CloudFormation's with a small first letter. */
  readonly properties: DescribedObject;
}
