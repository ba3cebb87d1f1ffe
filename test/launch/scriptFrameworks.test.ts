// Frameworks of JavaScript that start their server out of sight: AdonisJS, and programs that Bun serves.

import { test } from 'node:test';
import { assertRows, dockerfile } from './rows.ts';
import { nodeImage, row } from './shortRows.ts';

const adonis = `import 'reflect-metadata'
import { Ignitor, prettyPrintError } from '@adonisjs/core'

const APP_ROOT = new URL('../', import.meta.url)

new Ignitor(APP_ROOT, { importer: (path) => import(path) })
  .tap((app) => {
    app.listen('SIGTERM', () => app.terminate())
  })
  .httpServer()
  .start()
  .catch((error) => {
    process.exitCode = 1
    prettyPrintError(error)
  })
`;

test('AdonisJS', () =>
  assertRows([
    row('its default', '3333', { Dockerfile: nodeImage('node bin/server.js'), 'bin/server.ts': adonis }),
    row('the environment', '8080', {
      Dockerfile: nodeImage('node build/bin/server.js', 'ENV PORT=8080 HOST=0.0.0.0\n'),
      'bin/server.ts': adonis,
    }),
  ]));

const hono = "import { Hono } from 'hono';\nconst app = new Hono();\napp.get('/', (c) => c.text('ok'));\n";
const bun = (command: string, before = '') => dockerfile('oven/bun:1', `${before}CMD ${command}`);

test('what Bun serves', () =>
  assertRows([
    row('the application is the default export', '3000', {
      Dockerfile: bun('bun run src/index.ts'),
      'src/index.ts': `${hono}export default app;\n`,
    }),
    row('the environment', '4000', {
      Dockerfile: bun('bun src/index.ts', 'ENV PORT=4000\n'),
      'src/index.ts': `${hono}export default app;\n`,
    }),
    row('a port beside it', '3001', {
      Dockerfile: bun('bun src/index.ts'),
      'src/index.ts': `${hono}export default { port: 3001, fetch: app.fetch };\n`,
    }),
    row('Node does not serve it', /^unknown: no listen call was found/, {
      Dockerfile: nodeImage('npx tsx src/index.ts'),
      'src/index.ts': `${hono}export default app;\n`,
    }),
    row('another default export', /^(?:none|unknown)/, {
      Dockerfile: bun('bun src/index.ts'),
      'src/index.ts': 'const job = async () => {};\nexport default job;\n',
    }),
  ]));
