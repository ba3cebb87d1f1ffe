// The load balancer names a container that the task does not have.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const wrongContainer: ParityDeployment = {
  name: 'a load balancer that names another container',
  image: nodeImage('3000'),
  model: modelWith({ service: { loadBalancer: { containerName: 'api', containerPort: 3000 } } }),
  except: { Copilot: 'it refuses a target container that the manifest does not describe' },
  findings: ['error load-balancer-port-not-mapped'],
  // Which of the two names is right is a person's to say.
  left: ['error load-balancer-port-not-mapped'],
};
