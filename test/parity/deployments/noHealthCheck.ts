// Nothing asks the program whether it works.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const noHealthCheck: ParityDeployment = {
  name: 'no health check at all',
  image: nodeImage('3000'),
  model: modelWith({ container: { healthCheck: undefined }, service: { loadBalancer: undefined } }),
  findings: ['warning no-health-check'],
  // Only a person knows what to ask for.
  left: ['warning no-health-check'],
};
