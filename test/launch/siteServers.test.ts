// What the servers of site generators listen on.

import { test } from 'node:test';
import { assertRows, dockerfile } from './rows.ts';
import { row } from './shortRows.ts';

const image = (cmd: string) => ({
  Dockerfile: dockerfile('debian:13-slim', `RUN apt-get install -y hugo jekyll\nCMD ${cmd}`),
});

test('servers of site generators', () =>
  assertRows([
    row('hugo by default', '127.0.0.1:1313', image('["hugo", "server"]')),
    row('hugo with flags', '8080', image('["hugo", "server", "--bind", "0.0.0.0", "--port=8080"]')),
    row('hugo builds', 'none', image('["hugo", "--minify"]')),
    row('mkdocs by default', '127.0.0.1:8000', image('["mkdocs", "serve"]')),
    row('mkdocs with an address', '8001', image('["mkdocs", "serve", "-a", "0.0.0.0:8001"]')),
    row('jekyll with short flags', '4001', image('["jekyll", "s", "-H", "0.0.0.0", "-P", "4001"]')),
    row('a port of the environment', '9090', image('hugo server --bind 0.0.0.0 -p ${PORT:-9090}')),
  ]));
