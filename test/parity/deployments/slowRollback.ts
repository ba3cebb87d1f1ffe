// One task at a time fails, drains and stops slowly.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const slowRollback: ParityDeployment = {
  name: 'one task that stops slowly',
  image: nodeImage('3000'),
  model: modelWith({ container: { stopTimeout: 110 }, service: { desiredCount: 1 } }),
  except: { Copilot: 'its targets drain for 60 seconds only' },
  findings: ['info rollback-slow'],
  // Only a person can weigh it.
  left: ['info rollback-slow'],
};
