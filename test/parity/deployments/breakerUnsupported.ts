// CodeDeploy carries out the deployments, so that ECS refuses a circuit breaker.

import { modelWith, nodeImage, type ParityDeployment, withoutWords } from '../deployment.ts';

export const breakerUnsupported: ParityDeployment = {
  name: 'a circuit breaker beside CodeDeploy',
  image: nodeImage('3000'),
  model: modelWith({ service: { deploymentController: 'CODE_DEPLOY' } }),
  except: withoutWords,
  findings: ['error circuit-breaker-unsupported'],
  left: [],
};
