// Each task starts whatever the tag means by then.

import { modelWith, nodeImage, type ParityDeployment, withoutWords } from '../deployment.ts';

export const unpinnedTag: ParityDeployment = {
  name: 'version consistency that is off',
  image: nodeImage('3000'),
  model: modelWith({
    container: {
      image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:main',
      versionConsistency: 'disabled',
    },
  }),
  except: withoutWords,
  findings: ['info image-tag-mutable', 'warning rollback-to-mutable-image', 'warning version-consistency-disabled'],
  // Which tag was tested only a person knows.
  left: ['info image-tag-mutable', 'info rollback-to-mutable-image'],
};
