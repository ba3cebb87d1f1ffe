// The load balancer gives up before the container has had its time to start.

import { HEALTHY_CONTAINER, modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const shortGracePeriod: ParityDeployment = {
  name: 'a grace period shorter than the start period',
  image: nodeImage('3000'),
  model: modelWith({
    container: { healthCheck: HEALTHY_CONTAINER.healthCheck && { ...HEALTHY_CONTAINER.healthCheck, startPeriod: 90 } },
  }),
  findings: ['warning grace-period-too-short'],
  left: [],
};
