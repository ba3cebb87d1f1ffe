// The configuration of a tool that deploys a service: which description of a service goes with which task definition.

import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { Value } from './value.ts';

/** `ecspresso.yml`. */
export interface DeployConfig {
  readonly kind: 'deployConfig';
  readonly at: Location;
  readonly service: Value<string>;
  readonly cluster: Value<string>;
  readonly serviceDefinition: Value<Uri>;
  readonly taskDefinition: Value<Uri>;
}
