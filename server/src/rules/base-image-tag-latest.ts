// The base image changes under the Dockerfile.

import { parseImageReference } from '../facts/imageReference.ts';
import { placeWithin } from '../facts/value.ts';
import { isLatest } from './imageTags.ts';
import type { DeploymentRule } from './rule.ts';

export const baseImageTagLatest: DeploymentRule = {
  id: 'base-image-tag-latest',
  group: 'images',
  severity: 'info',
  summary: 'FROM without a tag or with `latest`.',
  why: 'The same Dockerfile builds another image next month: another runtime, another default port, a tool that the health check calls gone.',
  remedy: 'Name a version of the base image.',
  sources: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  fixKinds: [],
  subject: 'deployment',
  *check({ containers }) {
    for (const { dockerfile } of containers) {
      for (const stage of dockerfile?.stages ?? []) {
        const { from } = stage;
        if (stage.fromStage !== undefined || from.state !== 'known' || from.value === 'scratch') continue;
        const reference = parseImageReference(from.value);
        if (!reference || reference.digest !== undefined || !isLatest(reference)) continue;
        const { name, tag, tagStart } = reference;
        yield {
          at:
            tag !== undefined && tagStart !== undefined ? placeWithin(from, tagStart, tagStart + tag.length) : from.at,
          message: `Base image ${name} ${tag === undefined ? 'has no tag' : 'is :latest'}, so the next build may start from another image.`,
        };
      }
    }
  },
  examples: {
    bad: [
      {
        files: `--- Dockerfile
FROM node:«latest»
COPY server.js .
CMD ["node", "server.js"]
--- server.js
require('http').createServer().listen(3000);
--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": 3000 }] }]
}
`,
        message: 'Base image node is :latest, so the next build may start from another image.',
      },
    ],
    good: [
      `--- Dockerfile
FROM node:22 AS base
FROM base
COPY server.js .
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
