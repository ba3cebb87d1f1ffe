// A deployment may stop all tasks before a new one runs.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const dropsToZero: ParityDeployment = {
  name: 'no task has to stay',
  image: nodeImage('3000'),
  model: modelWith({ service: { minimumHealthyPercent: 0, maximumPercent: 100 } }),
  // Where old tasks must stop first, how slow that is depends on how long targets drain.
  levels: { 'rollback-slow': 'off' },
  findings: ['warning deployment-drops-to-zero'],
  left: [],
};
