// The health check that a container without any is offered: the program's port, a path that it serves, a tool of its image.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allReports, analyze, readMarked } from './workspace.ts';

const workspace = (image: string, routes: string): string => `--- Dockerfile
FROM ${image}
COPY app.py .
RUN pip install flask
CMD ["python", "app.py"]
--- app.py
from flask import Flask

app = Flask(__name__)

${routes}

if __name__ == '__main__':
    app.run(host='0.0.0.0', port=8080)
--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:1.4.2", "essential": true, "portMappings": [{ "containerPort": 8080 }] }
  ]
}
--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 3,
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`;

const route = (path: string): string => `@app.get('${path}')\ndef answer${path.length}():\n    return 'ok'`;

const rows: readonly (readonly [routes: readonly string[], image: string, url: string | undefined])[] = [
  [['/', '/users'], 'python:3.12-bookworm', 'curl -f http://localhost:8080/ || exit 1'],
  [['/users', '/healthz'], 'python:3.12-bookworm', 'curl -f http://localhost:8080/healthz || exit 1'],
  [['/users/<int:id>', '/orders'], 'python:3.12-bookworm', 'curl -f http://localhost:8080/orders || exit 1'],
  [['/users', '/ping'], 'python:3.12-alpine', 'wget -q -O /dev/null http://localhost:8080/ping || exit 1'],
  [['/'], 'python:3.12-slim', undefined],
];

for (const [routes, image, url] of rows) {
  test(`${routes.join(' and ')} on ${image}: ${url}`, async () => {
    const { files } = readMarked(workspace(image, routes.map(route).join('\n\n')));
    const [report] = allReports(await analyze(files)).filter(({ rule }) => rule === 'no-health-check');
    assert.ok(report);
    const [fix] = report.fixes;
    const [intent] = fix?.intents ?? [];
    const written = intent?.kind === 'set' ? JSON.stringify(intent.value) : undefined;
    assert.equal(written?.includes(JSON.stringify(['CMD-SHELL', url])), url === undefined ? undefined : true, written);
    if (url !== undefined)
      assert.match(fix?.title ?? '', /: rolls back after about [\d.]+–[\d.]+ minutes instead of never$/);
  });
}
