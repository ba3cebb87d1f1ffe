// Nobody would be told of a failed deployment.

import { modelWith, nodeImage, type ParityDeployment, withoutTargetGroups } from '../deployment.ts';

export const unobserved: ParityDeployment = {
  name: 'deployments that nobody sees fail',
  image: nodeImage('3000'),
  model: modelWith({}),
  except: withoutTargetGroups,
  levels: { 'deployment-failure-unobserved': 'info' },
  findings: ['info deployment-failure-unobserved'],
  // Whom it tells only a person knows.
  left: ['info deployment-failure-unobserved'],
};
