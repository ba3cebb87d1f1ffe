// The program listens on another port than the one traffic is sent to.

import { liesWithin } from '../base/text.ts';
import { deafMappings } from '../graph/ports.ts';
import { portFixes, portPlaces } from './portFixes.ts';
import type { DeploymentRule } from './rule.ts';
import { listenPlaces, listOf, portsOf } from './wording.ts';

export const containerPortNotListenedOn: DeploymentRule = {
  id: 'container-port-not-listened-on',
  group: 'ports',
  severity: 'error',
  summary: 'No program in the container listens on a mapped container port that traffic is sent to.',
  why: 'ECS registers the task at its container port with the load balancer. Where nothing listens there, every call is answered with 502 or refused, the health checks fail, and ECS stops and starts tasks until somebody notices.',
  remedy:
    'Write the port that the program really opens into the port mapping, the load balancer and the health checks, or let the program listen on the mapped port again.',
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshoot-service-load-balancers.html',
  ],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check(deployment) {
    for (const container of deployment.containers) {
      for (const { mapping, port } of deafMappings(container, deployment)) {
        const ports = portsOf(container);
        const places = portPlaces(mapping, port.value, container, deployment);
        yield {
          at: port.at,
          message:
            ports.length === 0
              ? `The container opens no port, so nothing listens on container port ${port.value}.`
              : `The program listens on ${listOf(ports)}, not on container port ${port.value}.`,
          related: [...listenPlaces(container), ...places.filter(({ at }) => !liesWithin(at, port.at))],
          fixes: portFixes(mapping, port, container, deployment),
        };
      }
    }
  },
  examples: {
    bad: [
      {
        files: `--- Dockerfile
FROM python:3.12
WORKDIR /app
COPY app.py .
CMD ["python", "app.py"]
--- app.py
from flask import Flask
app = Flask(__name__)
app.run(host="0.0.0.0", port=«1:5201»)
--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": «5001» }] }
  ]
}
`,
        fixed: `--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": 5201 }] }
  ]
}
`,
        message: 'The program listens on 5201, not on container port 5001.',
      },
    ],
    good: [
      `--- Dockerfile
FROM node:22
WORKDIR /app
COPY server.js .
CMD ["node", "server.js"]
--- server.js
const express = require('express');
const app = express();
app.listen(process.env.PORT || 3000);
--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "acme/web:1.4.2",
      "environment": [{ "name": "PORT", "value": "8080" }],
      "portMappings": [{ "containerPort": 8080 }]
    }
  ]
}
`,
      `--- Dockerfile
FROM python:3.12
WORKDIR /app
COPY manage.py .
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]
--- manage.py
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
--- task-definition.json
{
  "family": "migrate",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    {
      "name": "migrate",
      "image": "acme/web:1.4.2",
      "command": ["python", "manage.py", "migrate"],
      "portMappings": [{ "containerPort": 8000 }]
    }
  ]
}
`,
    ],
  },
};
