// A file of a Terraform or OpenTofu configuration as it is written, before anything in it is evaluated: what `resolve` of
// the source settles is another file's business as well.

import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { HclBlock, HclBody } from '../syntax/hcl/tree.ts';

/** A `.tf` or `.tf.json` file. */
export interface TerraformFile {
  readonly kind: 'terraformFile';
  readonly at: Location;
  readonly sections: readonly TerraformSection[];
  /** False where a syntax problem may hide sections. */
  readonly complete: boolean;
}

/** A block that stands at the top of a file; the same object as long as it says the same. */
export interface TerraformSection {
  readonly block: HclBlock;
  /** The place of its start in the facts that are made of it. */
  readonly base: number;
}

/** A file that calls modules by their paths. */
export interface TerraformModuleCalls {
  readonly kind: 'terraformModuleCalls';
  readonly at: Location;
  /** The folders of the modules. */
  readonly folders: readonly Uri[];
}

/** A `.tfvars` file: values of a root's variables. */
export interface TerraformVariables {
  readonly kind: 'terraformVariables';
  readonly at: Location;
  readonly body: HclBody;
}
