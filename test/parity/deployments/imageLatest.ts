// The tag means something else at every start.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const imageLatest: ParityDeployment = {
  name: 'an image tagged latest',
  image: nodeImage('3000'),
  model: modelWith({ container: { image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:latest' } }),
  findings: ['info rollback-to-mutable-image', 'warning image-tag-latest'],
  // The right tag is a person's to say.
  left: ['info rollback-to-mutable-image', 'warning image-tag-latest'],
};
