// Nothing runs at night, and the morning start takes whatever the tag means then.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const scaledToZero: ParityDeployment = {
  name: 'no tasks, and a moving tag',
  image: nodeImage('3000'),
  model: modelWith({
    container: { image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:main' },
    service: { desiredCount: 0 },
  }),
  findings: ['info image-tag-mutable', 'warning rollback-to-mutable-image', 'warning scales-to-zero-on-mutable-image'],
  left: ['info image-tag-mutable', 'warning rollback-to-mutable-image', 'warning scales-to-zero-on-mutable-image'],
};
