// An alarm watches the target group, and no deployment listens to it.

import { modelWith, nodeImage, type ParityDeployment, withoutTargetGroups } from '../deployment.ts';

export const unnamedAlarm: ParityDeployment = {
  name: 'an alarm that deployments do not listen to',
  image: nodeImage('3000'),
  model: modelWith({
    targetGroup: { port: 3000, healthCheckPort: 'traffic-port', healthCheckPath: '/' },
    alarm: { name: 'web-unhealthy-hosts' },
  }),
  except: {
    ...withoutTargetGroups,
    Copilot: 'it makes its target groups by itself, so that no alarm can refer to them',
  },
  findings: ['info deployment-alarms-missing'],
  left: [],
};
