// A broken deployment stops, and stays.

import { modelWith, nodeImage, type ParityDeployment, withoutBreaker } from '../deployment.ts';

export const breakerWithoutRollback: ParityDeployment = {
  name: 'a circuit breaker without rollback',
  image: nodeImage('3000'),
  model: modelWith({ service: { circuitBreaker: { enable: true, rollback: false } } }),
  except: withoutBreaker,
  findings: ['warning circuit-breaker-without-rollback'],
  left: [],
};
