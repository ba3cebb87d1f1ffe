// A slash at the end of a path: frameworks that send whoever leaves it out to the path as it is written, which a load
// balancer takes for unhealthy unless its matcher has that status.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stackExample } from '../../server/src/rules/infrastructureExamples.ts';
import { djangoExample, flaskExample, goExample, nestExample } from '../../server/src/rules/servedPathExamples.ts';
import { allReports, analyze, readMarked } from './workspace.ts';

const fastapi = (served: string, options = ''): string => `--- Dockerfile
FROM python:3.13-slim
COPY main.py .
CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8080"]
--- main.py
from fastapi import FastAPI
app = FastAPI(${options})
@app.get("${served}")
def health(): return "ok"
`;
const gin = (served: string): string => goExample(`\trouter.GET("${served}", health)\n`);
const standard = (served: string): string =>
  goExample(`\trouter.GET("/x", health)\n\thttp.HandleFunc("${served}", health)\n`).replace(
    'import "',
    'import "net/http"\nimport "',
  );

interface Row {
  readonly name: string;
  readonly files: string;
  readonly path: string;
  readonly matcher?: string;
  /** Undefined where the check is answered. */
  readonly status?: number;
}

const rows: readonly Row[] = [
  { name: 'Django', files: djangoExample('health/'), path: '/health', status: 301 },
  { name: 'Django, as it is written', files: djangoExample('health/'), path: '/health/' },
  { name: 'Django, redirects are healthy', files: djangoExample('health/'), path: '/health', matcher: '200-399' },
  {
    name: 'Django, without the setting',
    files: djangoExample('health/').replace('ROOT_URLCONF', 'APPEND_SLASH = False\nROOT_URLCONF'),
    path: '/health',
  },
  {
    name: 'Django, without the middleware',
    files: djangoExample('health/').replace('common.CommonMiddleware', 'gzip.GZipMiddleware'),
    path: '/health',
  },
  { name: 'Flask', files: flaskExample('/health/'), path: '/health', status: 308 },
  { name: 'Flask, a slash too many', files: flaskExample('/health'), path: '/health/' },
  {
    name: 'Flask, either',
    files: flaskExample('/health/').replace('__name__)', '__name__)\napp.url_map.strict_slashes = False'),
    path: '/health',
  },
  { name: 'FastAPI', files: fastapi('/health/'), path: '/health', status: 307 },
  { name: 'FastAPI, a slash too many', files: fastapi('/health'), path: '/health/', status: 307 },
  { name: 'FastAPI, without redirects', files: fastapi('/health/', 'redirect_slashes=False'), path: '/health' },
  { name: 'gin', files: gin('/health/'), path: '/health', status: 301 },
  {
    name: 'gin, another route answers',
    files: gin('/health/').replace('\trouter.Run', '\trouter.GET("/health", health)\n\trouter.Run'),
    path: '/health',
  },
  { name: 'net/http, a tree', files: standard('/health/'), path: '/health', status: 301 },
  { name: 'net/http, below a tree', files: standard('/health/'), path: '/health/live' },
  { name: 'NestJS takes either', files: nestExample(''), path: '/health/' },
];

describe('slashes at the end of health-check paths', () => {
  for (const { name, files, path, matcher = '200', status } of rows) {
    test(`${name}: ${path}`, async () => {
      const targetGroup = `      TargetType: ip\n      HealthCheckPath: ${path}\n      Matcher:\n        HttpCode: '${matcher}'\n`;
      const reports = allReports(await analyze(readMarked(stackExample({ targetGroup }) + files).files));
      const own = reports.filter(({ rule }) => rule === 'health-check-path-unserved').map((report) => report.message);
      const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
      const message = `The program sends requests for ${path} to ${other} with status ${status}, which the load balancer takes for unhealthy.`;
      assert.deepEqual(own, status === undefined ? [] : [message]);
    });
  }
});
