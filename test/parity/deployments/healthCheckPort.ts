// The target group asks at a port that nobody listens on.

import { modelWith, nodeImage, type ParityDeployment, withoutTargetGroups } from '../deployment.ts';

export const healthCheckPort: ParityDeployment = {
  name: 'a health check of the target group at the wrong port',
  image: nodeImage('3000'),
  model: modelWith({ targetGroup: { port: 3000, healthCheckPort: '8080', healthCheckPath: '/' } }),
  except: withoutTargetGroups,
  findings: ['error health-check-port-not-listened-on'],
  left: [],
};
