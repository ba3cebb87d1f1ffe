// What starts a program of the AWS CDK: `cdk.json`. https://docs.aws.amazon.com/cdk/v2/guide/cli.html

import type { Location } from '../base/text.ts';
import type { Value } from './value.ts';

export interface ConstructApp {
  readonly kind: 'constructApp';
  readonly at: Location;
  /** `npx ts-node --prefer-ts-exts bin/app.ts`. */
  readonly command: Value<string>;
}
