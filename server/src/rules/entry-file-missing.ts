// The command names a script that the image does not hold.

import type { DeploymentRule } from './rule.ts';
import { dockerfilePlace } from './wording.ts';

export const entryFileMissing: DeploymentRule = {
  id: 'entry-file-missing',
  group: 'task definition',
  severity: 'error',
  summary: "CMD or ENTRYPOINT names a script that the image's COPY lines do not bring in.",
  why: 'The container stops at once with "no such file or directory", on every start, and the deployment never gets a running task.',
  remedy: 'Copy the file into the image, or correct its name or the working directory.',
  sources: ['https://docs.docker.com/reference/dockerfile/#cmd'],
  fixKinds: [],
  subject: 'deployment',
  *check({ containers }) {
    for (const container of containers) {
      const missing = container.dockerfile?.missingEntry;
      if (!missing) continue;
      yield {
        at: missing.at,
        message: `The container starts ${missing.path}, but the image has no such file.`,
        related: [
          ...missing.because.map((step) => ({ at: step.at, message: step.text })),
          ...dockerfilePlace(container),
        ],
      };
    }
  },
  examples: {
    bad: [
      {
        files: `--- Dockerfile
FROM node:22
WORKDIR /app
COPY package.json .
CMD ["node", "«server.js»"]
--- package.json
{ "name": "web" }
--- server.js
require('http').createServer().listen(3000);
--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": 3000 }] }]
}
`,
        message: 'The container starts /app/server.js, but the image has no such file.',
      },
    ],
    good: [
      `--- Dockerfile
FROM node:22
WORKDIR /app
COPY . .
CMD ["node", "server.js"]
--- server.js
require('http').createServer().listen(3000);
--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": 3000 }] }]
}
`,
    ],
  },
};
