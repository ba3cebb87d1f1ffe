// Every format a deployment can be written in.

import type { Model, Texts } from '../model.ts';
import { cloudFormationJson, cloudFormationYaml } from './cloudFormation.ts';
import { jsonTexts } from './json.ts';
import { terraformHcl, terraformJson } from './terraform.ts';

export interface Format {
  readonly name: string;
  write(model: Model): Texts;
}

export const formats: readonly Format[] = [
  { name: 'JSON', write: jsonTexts },
  { name: 'CloudFormation YAML', write: cloudFormationYaml },
  { name: 'CloudFormation JSON', write: cloudFormationJson },
  { name: 'Terraform', write: terraformHcl },
  { name: 'Terraform JSON', write: terraformJson },
];
