// Every rule, in the order they are listed to people.

import { baseImageTagLatest } from './base-image-tag-latest.ts';
import { circuitBreakerDisabled } from './circuit-breaker-disabled.ts';
import { circuitBreakerMissing } from './circuit-breaker-missing.ts';
import { circuitBreakerUnsupported } from './circuit-breaker-unsupported.ts';
import { circuitBreakerWithoutRollback } from './circuit-breaker-without-rollback.ts';
import { containerHealthCheckPortNotListenedOn } from './container-health-check-port-not-listened-on.ts';
import { containerPortNotListenedOn } from './container-port-not-listened-on.ts';
import { describeOnlyKeys } from './describe-only-keys.ts';
import { dockerfileHealthCheckIgnored } from './dockerfile-health-check-ignored.ts';
import { entryFileMissing } from './entry-file-missing.ts';
import { exposeDiffersFromListen } from './expose-differs-from-listen.ts';
import { fileUnparseable } from './file-unparseable.ts';
import { fileUnreadable } from './file-unreadable.ts';
import { healthCheckToolMissing } from './health-check-tool-missing.ts';
import { hostPortDiffers } from './host-port-differs.ts';
import { ignoreUnused } from './ignore-unused.ts';
import { imageTagLatest } from './image-tag-latest.ts';
import { imageTagMutable } from './image-tag-mutable.ts';
import { listensOnLoopback } from './listens-on-loopback.ts';
import { loadBalancerPortNotMapped } from './load-balancer-port-not-mapped.ts';
import { portsClashInTask } from './ports-clash-in-task.ts';
import type { Rule } from './rule.ts';
import { settingsInvalid } from './settings-invalid.ts';

export const rules: readonly Rule[] = [
  containerPortNotListenedOn,
  exposeDiffersFromListen,
  loadBalancerPortNotMapped,
  containerHealthCheckPortNotListenedOn,
  listensOnLoopback,
  hostPortDiffers,
  portsClashInTask,
  imageTagLatest,
  imageTagMutable,
  baseImageTagLatest,
  circuitBreakerMissing,
  circuitBreakerDisabled,
  circuitBreakerWithoutRollback,
  circuitBreakerUnsupported,
  dockerfileHealthCheckIgnored,
  healthCheckToolMissing,
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
