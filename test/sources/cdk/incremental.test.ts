// A keystroke in any file of a CDK program gives what a fresh look at it gives.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allReports, analyze, type Files, settle, uriOf } from '../../rules/workspace.ts';
import { stack } from './app.ts';

const base: Files = new Map(
  Object.entries({
    ...stack(`new ecs_patterns.ApplicationLoadBalancedFargateService(this, 'Web', {
  taskImageOptions: { image: ecs.ContainerImage.fromAsset('web'), containerPort: PORT },
});`),
    'bin/config.ts': 'export const PORT = 3000;\n',
    'web/Dockerfile': 'FROM node:22.3.0-bookworm\nWORKDIR /app\nCOPY server.js .\nCMD ["node", "server.js"]\n',
    'web/server.js': "require('http').createServer().listen(3000);\n",
  }).map(([path, text]) => [path, path === 'bin/app.ts' ? `import { PORT } from './config';\n${text}` : text]),
);

const steps: readonly (readonly [what: string, path: string, change: (text: string) => string])[] = [
  ['the port in another file', 'bin/config.ts', (text) => text.replace('3000', '8080')],
  [
    'a port of its own',
    'bin/app.ts',
    (text) => text.replace('PORT,', '9090,').replace('containerPort: PORT', 'containerPort: 9090'),
  ],
  [
    'a circuit breaker',
    'bin/app.ts',
    (text) => text.replace("'Web', {", "'Web', { circuitBreaker: { rollback: true },"),
  ],
  ['half a word', 'bin/app.ts', (text) => text.replace('containerPort', 'container')],
  ['another start', 'cdk.json', () => '{ "app": "npx tsx bin/none.ts" }'],
  ['the same start again', 'cdk.json', () => '{ "app": "npx tsx bin/app.ts" }'],
];

describe('after each step the findings are those of a fresh run', () => {
  it('TypeScript', async () => {
    const files = new Map(base);
    const host = await analyze(files);
    for (const [what, path, change] of steps) {
      const text = change(files.get(path) ?? '');
      files.set(path, text);
      host.apply({ contents: [{ uri: uriOf(path), text }] });
      await settle(host, files);
      const fresh = allReports(await analyze(new Map(files)));
      assert.deepEqual(allReports(host), fresh, what);
    }
  });
});
