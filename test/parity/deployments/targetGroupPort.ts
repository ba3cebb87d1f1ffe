// A target group's own port is a default that ECS overrides: it is never wrong.

import { modelWith, nodeImage, type ParityDeployment, withoutTargetGroups } from '../deployment.ts';

export const targetGroupPort: ParityDeployment = {
  name: 'a target group on port 80 before a container on port 3000',
  image: nodeImage('3000'),
  model: modelWith({ targetGroup: { port: 80, healthCheckPort: 'traffic-port', healthCheckPath: '/' } }),
  except: { ...withoutTargetGroups, Copilot: 'its target groups have the port of the container' },
  findings: [],
  left: [],
};
