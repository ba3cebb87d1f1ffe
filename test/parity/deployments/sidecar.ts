// A well-known neighbor listens in the same task.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const sidecar: ParityDeployment = {
  name: 'a sidecar',
  image: nodeImage('5201'),
  model: modelWith({
    sidecars: [
      {
        name: 'datadog-agent',
        image: 'public.ecr.aws/datadog/agent:7.62.0',
        essential: false,
        portMappings: [{ containerPort: 8126, protocol: 'tcp' }],
      },
    ],
  }),
  findings: ['error container-port-not-listened-on'],
  left: [],
};
