// The deployments that are told in every format, one file each.

import type { ParityDeployment } from './deployment.ts';
import { breakerDisabled } from './deployments/breakerDisabled.ts';
import { breakerMissing } from './deployments/breakerMissing.ts';
import { breakerWithoutRollback } from './deployments/breakerWithoutRollback.ts';
import { conditionalPort } from './deployments/conditionalPort.ts';
import { environmentPort } from './deployments/environmentPort.ts';
import { everythingRight } from './deployments/everythingRight.ts';
import { healthCheckPort } from './deployments/healthCheckPort.ts';
import { healthCheckTool } from './deployments/healthCheckTool.ts';
import { imageLatest } from './deployments/imageLatest.ts';
import { loopback } from './deployments/loopback.ts';
import { portElsewhere } from './deployments/portElsewhere.ts';
import { scaledToZero } from './deployments/scaledToZero.ts';
import { seedStory } from './deployments/seedStory.ts';
import { sidecar } from './deployments/sidecar.ts';
import { stalledPercents } from './deployments/stalledPercents.ts';
import { targetGroupPort } from './deployments/targetGroupPort.ts';
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
];
