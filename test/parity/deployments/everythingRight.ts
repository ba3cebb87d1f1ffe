// Nothing is wrong.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const everythingRight: ParityDeployment = {
  name: 'everything right',
  image: nodeImage('3000'),
  model: modelWith({}),
  findings: [],
  left: [],
};
