// The tags of the registry can be overwritten.

import { modelWith, nodeImage, type ParityDeployment } from '../deployment.ts';

export const mutableRegistry: ParityDeployment = {
  name: 'a registry whose tags move',
  image: nodeImage('3000'),
  model: modelWith({ repository: { name: 'web' } }),
  except: {
    JSON: 'a repository stands nowhere',
    ecspresso: 'a repository stands nowhere',
    Copilot: 'its repositories are its own',
  },
  findings: ['info registry-tags-mutable'],
  left: [],
};
