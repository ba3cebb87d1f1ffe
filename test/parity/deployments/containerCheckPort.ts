// The container health check asks at a port that nobody listens on.

import { HEALTHY_CONTAINER, modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const containerCheckPort: ParityDeployment = {
  name: 'a container health check at the wrong port',
  image: nodeImage('3000'),
  model: modelWith({
    container: {
      healthCheck: HEALTHY_CONTAINER.healthCheck && {
        ...HEALTHY_CONTAINER.healthCheck,
        command: ['CMD-SHELL', 'curl -f http://localhost:9090/ || exit 1'],
      },
    },
  }),
  findings: ['error container-health-check-port-not-listened-on'],
  left: [],
};
