// The circuit breaker is there, and off.

import { modelWith, nodeImage, type ParityDeployment, withoutBreaker } from '../deployment.ts';

export const breakerDisabled: ParityDeployment = {
  name: 'a circuit breaker that is off',
  image: nodeImage('3000'),
  model: modelWith({ service: { circuitBreaker: { enable: false, rollback: true } } }),
  except: withoutBreaker,
  findings: ['warning circuit-breaker-disabled'],
  left: [],
};
