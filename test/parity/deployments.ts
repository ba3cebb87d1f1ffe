// The deployments that are told in every format, one file each.

import type { ParityDeployment } from './deployment.ts';
import { breakerDisabled } from './deployments/breakerDisabled.ts';
import { breakerMissing } from './deployments/breakerMissing.ts';
import { breakerUnsupported } from './deployments/breakerUnsupported.ts';
import { breakerWithoutRollback } from './deployments/breakerWithoutRollback.ts';
import { conditionalPort } from './deployments/conditionalPort.ts';
import { connectedPort } from './deployments/connectedPort.ts';
import { containerCheckPort } from './deployments/containerCheckPort.ts';
import { dropsToZero } from './deployments/dropsToZero.ts';
import { environmentPort } from './deployments/environmentPort.ts';
import { everythingRight } from './deployments/everythingRight.ts';
import { executionRole } from './deployments/executionRole.ts';
import { fargateSize } from './deployments/fargateSize.ts';
import { healthCheckPort } from './deployments/healthCheckPort.ts';
import { healthCheckTool } from './deployments/healthCheckTool.ts';
import { hostPort } from './deployments/hostPort.ts';
import { imageHealthCheck } from './deployments/imageHealthCheck.ts';
import { imageLatest } from './deployments/imageLatest.ts';
import { loopback } from './deployments/loopback.ts';
import { mutableRegistry } from './deployments/mutableRegistry.ts';
import { noHealthCheck } from './deployments/noHealthCheck.ts';
import { portElsewhere } from './deployments/portElsewhere.ts';
import { privileged } from './deployments/privileged.ts';
import { scaledToZero } from './deployments/scaledToZero.ts';
import { seedStory } from './deployments/seedStory.ts';
import { shortGracePeriod } from './deployments/shortGracePeriod.ts';
import { sidecar } from './deployments/sidecar.ts';
import { slowRollback } from './deployments/slowRollback.ts';
import { stalledPercents } from './deployments/stalledPercents.ts';
import { targetGroupPort } from './deployments/targetGroupPort.ts';
import { targetType } from './deployments/targetType.ts';
import { unnamedAlarm } from './deployments/unnamedAlarm.ts';
import { unobserved } from './deployments/unobserved.ts';
import { unpinnedTag } from './deployments/unpinnedTag.ts';
import { wrongContainer } from './deployments/wrongContainer.ts';

export const deployments: readonly ParityDeployment[] = [
  seedStory,
  everythingRight,
  breakerMissing,
  breakerDisabled,
  breakerWithoutRollback,
  imageLatest,
  loopback,
  wrongContainer,
  healthCheckPort,
  targetGroupPort,
  healthCheckTool,
  scaledToZero,
  stalledPercents,
  sidecar,
  environmentPort,
  portElsewhere,
  conditionalPort,
  dropsToZero,
  noHealthCheck,
  shortGracePeriod,
  unpinnedTag,
  breakerUnsupported,
  imageHealthCheck,
  unnamedAlarm,
  unobserved,
  hostPort,
  targetType,
  fargateSize,
  privileged,
  executionRole,
  slowRollback,
  containerCheckPort,
  mutableRegistry,
  connectedPort,
];
