// The image brings a health check, which ECS ignores.

import { exceptQuotedContainers, modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const imageHealthCheck: ParityDeployment = {
  name: 'a health check of the Dockerfile',
  image: {
    ...nodeImage('3000'),
    Dockerfile: [
      'FROM node:22-bookworm',
      'WORKDIR /app',
      'COPY server.js .',
      'HEALTHCHECK --interval=10s --timeout=5s --retries=3 --start-period=10s CMD curl -f http://localhost:3000/ || exit 1',
      'CMD ["node", "server.js"]',
      '',
    ].join('\n'),
  },
  model: modelWith({ container: { healthCheck: undefined }, service: { desiredCount: 4 } }),
  unmended: exceptQuotedContainers,
  findings: ['warning dockerfile-health-check-ignored'],
  left: [],
};
