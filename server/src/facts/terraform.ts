// A file of a Terraform or OpenTofu configuration as it is written, before anything in it is evaluated: what `resolve` of
// the source settles is another file's business as well.

import type { Location } from '../base/text.ts';
import type { HclBody } from '../syntax/hcl/tree.ts';

/** A `.tf` or `.tf.json` file. */
export interface TerraformFile {
  readonly kind: 'terraformFile';
  readonly at: Location;
  readonly body: HclBody;
}

/** A file that calls modules of this workspace; `sources` are their paths as written: `../modules/service`. */
export interface TerraformModuleCalls {
  readonly kind: 'terraformModuleCalls';
  readonly at: Location;
  readonly sources: readonly string[];
}

/** A `.tfvars` file: values of a root's variables. */
export interface TerraformVariables {
  readonly kind: 'terraformVariables';
  readonly at: Location;
  readonly body: HclBody;
}
