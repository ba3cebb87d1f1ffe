// The image has no curl.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const healthCheckTool: ParityDeployment = {
  name: 'a health check with a missing tool',
  image: nodeImage('3000', 'node:22-bookworm-slim'),
  model: modelWith({}),
  findings: ['error health-check-tool-missing'],
  left: ['error health-check-tool-missing'],
};
