// Service Connect names a port that no mapping carries.

import { modelWith, nodeImage, type ParityDeployment, withoutWords } from '../deployment.ts';

export const connectedPort: ParityDeployment = {
  name: 'a port of Service Connect that is named otherwise',
  image: nodeImage('3000'),
  model: modelWith({
    container: { portMappings: [{ containerPort: 3000, protocol: 'tcp', name: 'web' }] },
    service: { serviceConnect: 'http' },
  }),
  except: withoutWords,
  findings: ['error service-connect-port-name-unknown'],
  left: [],
};
