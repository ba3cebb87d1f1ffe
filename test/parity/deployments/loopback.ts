// The program answers itself only.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const loopback: ParityDeployment = {
  name: 'a program on loopback',
  image: nodeImage("3000, '127.0.0.1'"),
  model: modelWith({}),
  findings: ['error listens-on-loopback'],
  left: [],
};
