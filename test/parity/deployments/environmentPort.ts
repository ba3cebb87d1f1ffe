// The task definition tells the program where to listen, and says another port elsewhere.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const environmentPort: ParityDeployment = {
  name: 'a port from the environment',
  image: nodeImage('process.env.PORT || 3000'),
  model: modelWith({ container: { environment: [{ name: 'PORT', value: '8080' }] } }),
  findings: ['error container-port-not-listened-on'],
  left: [],
};
