// A host port that awsvpc refuses.

import { modelWith, nodeImage, type ParityDeployment, withoutWords } from '../deployment.ts';

export const hostPort: ParityDeployment = {
  name: 'another port on the host',
  image: nodeImage('3000'),
  model: modelWith({ container: { portMappings: [{ containerPort: 3000, hostPort: 8080, protocol: 'tcp' }] } }),
  except: withoutWords,
  findings: ['error host-port-differs'],
  left: [],
};
