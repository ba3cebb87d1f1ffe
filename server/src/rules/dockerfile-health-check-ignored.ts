// ECS ignores the Dockerfile's HEALTHCHECK.

import type { Json } from '../base/json.ts';
import type { Location } from '../base/text.ts';
import type { ImageHealthCheck } from '../facts/dockerfile.ts';
import { knownValue } from '../facts/value.ts';
import type { DeployedContainer } from '../graph/deployment.ts';
import type { DeploymentRule, Fix } from './rule.ts';

interface Written {
  readonly check: ImageHealthCheck;
  readonly at: Location;
}

/** The HEALTHCHECK that the image carries: the last one of the nearest stage that has any. */
function writtenCheck(container: DeployedContainer): Written | undefined {
  for (const stage of container.dockerfile?.stages ?? []) {
    const last = stage.instructions.findLast((instruction) => instruction.kind === 'healthcheck');
    if (last) return last.check === 'none' ? undefined : { check: last.check, at: last.at };
  }
  return undefined;
}

/** The same check in the words of the API; undefined where its command is not known. */
function asContainerCheck(check: ImageHealthCheck): Json | undefined {
  const words = check.command.words.map(knownValue);
  if (words.includes(undefined) || words.length === 0) return undefined;
  const command = [check.command.form === 'shell' ? 'CMD-SHELL' : 'CMD', ...words.flatMap((word) => word ?? [])];
  const { interval, timeout, retries, startPeriod } = check;
  return {
    command,
    ...(interval === undefined ? {} : { interval }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(retries === undefined ? {} : { retries }),
    ...(startPeriod === undefined ? {} : { startPeriod }),
  };
}

/** A worker from the image of a server: the check was written for the server. */
function runsAnotherProgram({ container, listens }: DeployedContainer): boolean {
  const isOwn = container.command.state === 'absent' && container.entryPoint.state === 'absent';
  return !isOwn && listens.state !== 'known';
}

/** The tool that the check runs and that the image surely has not. */
function missingTool({ command }: ImageHealthCheck, { dockerfile }: DeployedContainer) {
  for (const word of command.words) {
    const text = ` ${knownValue(word) ?? ''} `;
    for (const [tool, isThere] of dockerfile?.httpTools ?? []) {
      if (isThere === false && toolCall(tool).test(text)) return { tool, at: word.at };
    }
  }
  return undefined;
}

function toolCall(tool: string): RegExp {
  return new RegExp(`[\\s;&|(/]${tool}\\s`);
}

export const dockerfileHealthCheckIgnored: DeploymentRule = {
  id: 'dockerfile-health-check-ignored',
  group: 'health',
  severity: 'warning',
  summary: 'The Dockerfile has a HEALTHCHECK, the task definition has none: ECS ignores the former.',
  why: "Amazon ECS does not look at health checks that are built into an image. Only the task definition's `healthCheck` counts, so the check that somebody wrote never runs.",
  remedy: "Write the check into the container's `healthCheck`.",
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html'],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check({ containers }) {
    for (const container of containers) {
      const written = writtenCheck(container);
      if (!written || container.container.healthCheck.state !== 'absent') continue;
      if (runsAnotherProgram(container)) continue;
      const lacking = missingTool(written.check, container);
      const value = lacking === undefined ? asContainerCheck(written.check) : undefined;
      const fix: Fix | undefined = value
        ? {
            title: 'Write this health check into the task definition',
            kind: 'unsafe',
            preferred: true,
            intents: [{ kind: 'set', owner: container.container.at, path: ['healthCheck'], value }],
          }
        : undefined;
      const name = knownValue(container.container.name) ?? 'the container';
      yield {
        at: written.at,
        message: `ECS ignores this HEALTHCHECK, and ${name} has no healthCheck in the task definition.`,
        related: [
          { at: container.container.nameAt, message: 'This container has no healthCheck.' },
          ...(lacking
            ? [{ at: lacking.at, message: `The image has no ${lacking.tool}, so the check would fail.` }]
            : []),
        ],
        fixes: fix ? [fix] : [],
      };
    }
  },
  examples: {
    bad: [
      {
        files: `--- Dockerfile
FROM node:22
COPY server.js .
«HEALTHCHECK --interval=15s CMD curl -f http://localhost:3000/ || exit 1»
CMD ["node", "server.js"]
--- server.js
require('http').createServer().listen(3000);
--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [
    {
      "name": "«1:app»",
      "image": "acme/web:1.4.2",
      "portMappings": [{ "containerPort": 3000 }]
    }
  ]
}
`,
        fixed: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "acme/web:1.4.2",
      "portMappings": [{ "containerPort": 3000 }],
      "healthCheck": {
        "command": ["CMD-SHELL", "curl -f http://localhost:3000/ || exit 1"],
        "interval": 15
      }
    }
  ]
}
`,
        message: 'ECS ignores this HEALTHCHECK, and app has no healthCheck in the task definition.',
      },
      {
        files: `--- Dockerfile
FROM node:22-alpine
COPY server.js .
«HEALTHCHECK CMD curl -f http://localhost:3000/»
CMD ["node", "server.js"]
--- server.js
require('http').createServer().listen(3000);
--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": 3000 }] }]
}
`,
        message: 'ECS ignores this HEALTHCHECK, and app has no healthCheck in the task definition.',
      },
    ],
    good: [
      `--- Dockerfile
FROM node:22
COPY server.js .
HEALTHCHECK NONE
CMD ["node", "server.js"]
--- server.js
require('http').createServer().listen(3000);
--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": 3000 }] }]
}
`,
      `--- Dockerfile
FROM python:3.12
WORKDIR /app
COPY app.py .
HEALTHCHECK CMD curl -f http://localhost:8000/
CMD ["gunicorn", "app:app"]
--- app.py
from celery import Celery
app = Celery("tasks")
--- task-definition.json
{
  "family": "worker",
  "containerDefinitions": [
    { "name": "worker", "image": "acme/web:1.4.2", "command": ["celery", "-A", "app", "worker"] }
  ]
}
`,
    ],
  },
};
