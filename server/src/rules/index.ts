// Every rule, in the order they are listed to people.

import { baseImageTagLatest } from './base-image-tag-latest.ts';
import { circuitBreakerDisabled } from './circuit-breaker-disabled.ts';
import { circuitBreakerMissing } from './circuit-breaker-missing.ts';
import { circuitBreakerUnsupported } from './circuit-breaker-unsupported.ts';
import { circuitBreakerWithoutRollback } from './circuit-breaker-without-rollback.ts';
import { containerHealthCheckPortNotListenedOn } from './container-health-check-port-not-listened-on.ts';
import { containerPortNotListenedOn } from './container-port-not-listened-on.ts';
import { deploymentAlarmsMissing } from './deployment-alarms-missing.ts';
import { deploymentCannotProgress } from './deployment-cannot-progress.ts';
import { deploymentDropsToZero } from './deployment-drops-to-zero.ts';
import { deploymentFailureUnobserved } from './deployment-failure-unobserved.ts';
import { describeOnlyKeys } from './describe-only-keys.ts';
import { dockerfileHealthCheckIgnored } from './dockerfile-health-check-ignored.ts';
import { entryFileMissing } from './entry-file-missing.ts';
import { executionRoleMissing } from './execution-role-missing.ts';
import { exposeDiffersFromListen } from './expose-differs-from-listen.ts';
import { fargateSizeInvalid } from './fargate-size-invalid.ts';
import { fargateUnsupportedSetting } from './fargate-unsupported-setting.ts';
import { fileUnparseable } from './file-unparseable.ts';
import { fileUnreadable } from './file-unreadable.ts';
import { gracePeriodTooShort } from './grace-period-too-short.ts';
import { healthCheckPathUnserved } from './health-check-path-unserved.ts';
import { healthCheckPortNotListenedOn } from './health-check-port-not-listened-on.ts';
import { healthCheckToolMissing } from './health-check-tool-missing.ts';
import { hostPortDiffers } from './host-port-differs.ts';
import { ignoreUnused } from './ignore-unused.ts';
import { imageTagLatest } from './image-tag-latest.ts';
import { imageTagMutable } from './image-tag-mutable.ts';
import { listensOnLoopback } from './listens-on-loopback.ts';
import { loadBalancerPortNotMapped } from './load-balancer-port-not-mapped.ts';
import { noHealthCheck } from './no-health-check.ts';
import { pipelineContainerUnknown } from './pipeline-container-unknown.ts';
import { pipelineDoesNotWait } from './pipeline-does-not-wait.ts';
import { pipelinePushesLatestOnly } from './pipeline-pushes-latest-only.ts';
import { pipelineReusesTaskDefinition } from './pipeline-reuses-task-definition.ts';
import { portsClashInTask } from './ports-clash-in-task.ts';
import { registryTagsMutable } from './registry-tags-mutable.ts';
import { rollbackSlow } from './rollback-slow.ts';
import { rollbackToMutableImage } from './rollback-to-mutable-image.ts';
import type { Rule } from './rule.ts';
import { scalesToZeroOnMutableImage } from './scales-to-zero-on-mutable-image.ts';
import { securityGroupBlocksContainerPort } from './security-group-blocks-container-port.ts';
import { serviceConnectPortNameUnknown } from './service-connect-port-name-unknown.ts';
import { settingsInvalid } from './settings-invalid.ts';
import { targetTypeNotIp } from './target-type-not-ip.ts';
import { taskDefinitionOwnedTwice } from './task-definition-owned-twice.ts';
import { versionConsistencyDisabled } from './version-consistency-disabled.ts';

export const rules: readonly Rule[] = [
  containerPortNotListenedOn,
  exposeDiffersFromListen,
  loadBalancerPortNotMapped,
  healthCheckPortNotListenedOn,
  containerHealthCheckPortNotListenedOn,
  listensOnLoopback,
  hostPortDiffers,
  portsClashInTask,
  targetTypeNotIp,
  securityGroupBlocksContainerPort,
  serviceConnectPortNameUnknown,
  imageTagLatest,
  imageTagMutable,
  baseImageTagLatest,
  rollbackToMutableImage,
  versionConsistencyDisabled,
  registryTagsMutable,
  circuitBreakerMissing,
  circuitBreakerDisabled,
  circuitBreakerWithoutRollback,
  circuitBreakerUnsupported,
  rollbackSlow,
  deploymentCannotProgress,
  deploymentDropsToZero,
  scalesToZeroOnMutableImage,
  deploymentAlarmsMissing,
  deploymentFailureUnobserved,
  noHealthCheck,
  dockerfileHealthCheckIgnored,
  healthCheckToolMissing,
  gracePeriodTooShort,
  healthCheckPathUnserved,
  pipelineReusesTaskDefinition,
  pipelinePushesLatestOnly,
  pipelineDoesNotWait,
  pipelineContainerUnknown,
  taskDefinitionOwnedTwice,
  fargateSizeInvalid,
  fargateUnsupportedSetting,
  executionRoleMissing,
  describeOnlyKeys,
  entryFileMissing,
  settingsInvalid,
  ignoreUnused,
  fileUnreadable,
  fileUnparseable,
];

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
