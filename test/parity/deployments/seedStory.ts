// The story of nine o'clock: the program listens on another port than everything around it says, and nothing rolls it back.

import { modelWith, nodeImage, type ParityDeployment, withoutBreaker } from '../deployment.ts';

export const seedStory: ParityDeployment = {
  name: 'the wrong port',
  image: nodeImage('5201'),
  model: modelWith({ service: { circuitBreaker: undefined, desiredCount: 1 } }),
  except: withoutBreaker,
  findings: ['error container-port-not-listened-on', 'warning circuit-breaker-missing'],
  // Only a person can weigh it.
  left: ['info rollback-slow'],
};
