// A setting that Fargate rejects.

import { exceptQuotedContainers, modelWith, nodeImage, type ParityDeployment, withoutWords } from '../deployment.ts';

export const privileged: ParityDeployment = {
  name: 'a privileged container on Fargate',
  image: nodeImage('3000'),
  model: modelWith({ container: { privileged: true } }),
  except: withoutWords,
  unmended: exceptQuotedContainers,
  findings: ['error fargate-unsupported-setting'],
  left: [],
};
