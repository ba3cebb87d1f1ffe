// Nothing rolls a broken deployment back.

import { modelWith, nodeImage, type ParityDeployment, withoutBreaker } from '../deployment.ts';

export const breakerMissing: ParityDeployment = {
  name: 'no circuit breaker',
  image: nodeImage('3000'),
  model: modelWith({ service: { circuitBreaker: undefined } }),
  except: withoutBreaker,
  findings: ['warning circuit-breaker-missing'],
  left: [],
};
