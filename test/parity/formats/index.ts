// Every format a deployment can be written in.

import type { Model, Texts } from '../model.ts';
import { cdkPython, cdkTypeScript } from './cdk.ts';
import { cloudFormationJson, cloudFormationYaml } from './cloudFormation.ts';
import { copilot } from './copilot.ts';
import { ecspresso } from './ecspresso.ts';
import { jsonTexts } from './json.ts';
import { terraformHcl, terraformJson } from './terraform.ts';

export interface Format {
  readonly name: string;
  write(model: Model): Texts;
  /** Facts that the tool decides otherwise or elsewhere, by their keys. */
  readonly own?: ReadonlySet<string>;
}

export const formats: readonly Format[] = [
  { name: 'JSON', write: jsonTexts },
  { name: 'CloudFormation YAML', write: cloudFormationYaml },
  { name: 'CloudFormation JSON', write: cloudFormationJson },
  { name: 'Terraform', write: terraformHcl },
  { name: 'Terraform JSON', write: terraformJson },
  { name: 'CDK TypeScript', write: cdkTypeScript },
  { name: 'CDK Python', write: cdkPython },
  // It names family and service after its application and environment, always logs, and makes a target group by itself.
  {
    name: 'Copilot',
    write: copilot,
    own: new Set(['family', 'serviceName', 'essential', 'logDriver', 'targetGroups']),
  },
  // The service's name stands in its configuration.
  { name: 'ecspresso', write: ecspresso, own: new Set(['serviceName']) },
];
