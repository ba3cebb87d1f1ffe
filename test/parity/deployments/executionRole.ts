// Nobody may pull the private image.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const executionRole: ParityDeployment = {
  name: 'no execution role',
  image: nodeImage('3000'),
  model: modelWith({ task: { executionRole: 'none' } }),
  except: {
    Copilot: 'it makes the role by itself',
    'CDK TypeScript': 'the library makes the role where one is needed',
    'CDK Python': 'the library makes the role where one is needed',
  },
  findings: ['error execution-role-missing'],
  // Which role only a person knows.
  left: ['error execution-role-missing'],
};
