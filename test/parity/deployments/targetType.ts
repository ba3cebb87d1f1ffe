// Tasks of awsvpc are addresses, not instances.

import { modelWith, nodeImage, type ParityDeployment, withoutTargetGroups } from '../deployment.ts';

export const targetType: ParityDeployment = {
  name: 'a target group of instances',
  image: nodeImage('3000'),
  model: modelWith({
    targetGroup: { targetType: 'instance', port: 3000, healthCheckPort: 'traffic-port', healthCheckPath: '/' },
  }),
  except: { ...withoutTargetGroups, Copilot: 'its target groups are of addresses' },
  findings: ['error target-type-not-ip'],
  left: [],
};
