// The container health check runs a program that the image does not contain.

import { knownValue } from '../facts/value.ts';
import type { DeploymentRule } from './rule.ts';
import { dockerfilePlace } from './wording.ts';

export const healthCheckToolMissing: DeploymentRule = {
  id: 'health-check-tool-missing',
  group: 'health',
  severity: 'error',
  summary: 'The health check runs curl or wget, which the final image does not contain.',
  why: 'The command fails with "not found" on every run, so ECS stops each task after its retries although the program works.',
  remedy:
    'Install the tool in the final stage, call one that the image has, or check with the language of the program.',
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html'],
  fixKinds: [],
  subject: 'deployment',
  *check({ containers }) {
    for (const container of containers) {
      const [call] = container.healthCheckCalls.filter((one) => one.toolPresent === false);
      const [final] = container.dockerfile?.stages ?? [];
      if (!call || !final) continue;
      const base = knownValue(container.dockerfile?.stages.at(-1)?.from);
      yield {
        at: call.toolAt,
        message: `The health check runs ${call.tool}, which ${base === undefined ? 'the image' : `an image from ${base}`} does not contain.`,
        related: [{ at: final.from.at, message: 'The final image starts here.' }, ...dockerfilePlace(container)],
      };
    }
  },
  examples: {
    bad: [
      {
        files: `--- Dockerfile
FROM «1:python:3.12-slim»
WORKDIR /app
COPY app.py .
CMD ["python", "app.py"]
--- app.py
from http.server import HTTPServer, SimpleHTTPRequestHandler
HTTPServer(("0.0.0.0", 8000), SimpleHTTPRequestHandler).serve_forever()
--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "acme/web:1.4.2",
      "portMappings": [{ "containerPort": 8000 }],
      "healthCheck": { "command": ["CMD-SHELL", "«curl» -f http://localhost:8000/ || exit 1"] }
    }
  ]
}
`,
        message: 'The health check runs curl, which an image from python:3.12-slim does not contain.',
      },
    ],
    good: [
      `--- Dockerfile
FROM python:3.12-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl
WORKDIR /app
COPY app.py .
CMD ["python", "app.py"]
--- app.py
from http.server import HTTPServer, SimpleHTTPRequestHandler
HTTPServer(("0.0.0.0", 8000), SimpleHTTPRequestHandler).serve_forever()
--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "acme/web:1.4.2",
      "portMappings": [{ "containerPort": 8000 }],
      "healthCheck": { "command": ["CMD-SHELL", "curl -f http://localhost:8000/ || exit 1"] }
    }
  ]
}
`,
    ],
  },
};
