// One task at these percents can neither stop nor get a successor.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const stalledPercents: ParityDeployment = {
  name: 'percents that leave no room',
  image: nodeImage('3000'),
  model: modelWith({ service: { desiredCount: 1, minimumHealthyPercent: 100, maximumPercent: 134 } }),
  except: { Copilot: 'a manifest chooses between two rollouts of its own, whose percents always leave room' },
  findings: ['error deployment-cannot-progress'],
  // With one task a rollback is slow, which only a person can weigh.
  left: ['info rollback-slow'],
};
