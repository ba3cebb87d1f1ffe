// A size that Fargate does not offer.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const fargateSize: ParityDeployment = {
  name: 'too little memory for the processor',
  image: nodeImage('3000'),
  model: modelWith({ task: { cpu: '1024', memory: '512' } }),
  findings: ['error fargate-size-invalid'],
  // Which of the sizes only a person knows.
  left: ['error fargate-size-invalid'],
};
