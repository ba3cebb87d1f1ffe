// Where formats rightly differ: what each tool does about a service and a target group that say nothing of it. CloudFormation
// and JSON leave it to AWS.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownValue } from '../../server/src/facts/value.ts';
import { analyze } from '../rules/workspace.ts';
import { HEALTHY_CONTAINER, nodeImage } from './deployment.ts';
import { formats } from './formats/index.ts';
import type { Model } from './model.ts';

const silent: Model = {
  taskDefinition: { family: 'web', cpu: '256', memory: '512', containerDefinitions: [HEALTHY_CONTAINER] },
  service: { serviceName: 'web', loadBalancer: { containerName: 'web', containerPort: 3000 } },
  targetGroup: { port: 3000, healthCheckPort: 'traffic-port', healthCheckPath: '/' },
};

interface Defaults {
  readonly desiredCount?: number;
  readonly percents?: string;
  readonly gracePeriod?: number;
  readonly breaker?: boolean;
  /** Of the target group: healthy/unhealthy. */
  readonly thresholds?: string;
}

const AWS: Defaults = {};
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service
const TERRAFORM: Defaults = { desiredCount: 0, thresholds: '3/3' };
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.FargateService.html
const CDK: Defaults = { desiredCount: 1, percents: '50-200', gracePeriod: 60 };

const expected: Readonly<Record<string, Defaults>> = {
  JSON: AWS,
  'CloudFormation YAML': AWS,
  'CloudFormation JSON': AWS,
  Terraform: TERRAFORM,
  'Terraform JSON': TERRAFORM,
  'CDK TypeScript': CDK,
  'CDK Python': CDK,
  // https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/
  Copilot: { desiredCount: 1, percents: '100-200', gracePeriod: 60, breaker: true },
  ecspresso: AWS,
};

for (const format of formats) {
  test(`what ${format.name} does by itself`, async () => {
    const texts = { ...nodeImage('3000'), ...format.write(silent) };
    const [view] = (await analyze(new Map(Object.entries(texts)))).deployments();
    const service = view?.deployment.service;
    assert(service);
    const check = view.deployment.infrastructure?.targets[0]?.targetGroup.healthCheck;
    const pair = (low: unknown, high: unknown, between: string): string | undefined =>
      low === undefined && high === undefined ? undefined : `${low}${between}${high}`;
    const found = {
      desiredCount: knownValue(service.desiredCount),
      percents: pair(knownValue(service.minimumHealthyPercent), knownValue(service.maximumPercent), '-'),
      gracePeriod: knownValue(service.healthCheckGracePeriodSeconds),
      breaker: service.deploymentCircuitBreaker.state === 'known' ? true : undefined,
      thresholds: pair(knownValue(check?.healthyThreshold), knownValue(check?.unhealthyThreshold), '/'),
    };
    const said = Object.entries(found).filter(([, value]) => value !== undefined);
    assert.deepEqual(Object.fromEntries(said), expected[format.name]);
  });
}
