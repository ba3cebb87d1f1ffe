// What Caddy and FrankenPHP listen on.

import { test } from 'node:test';
import { assertRows, dockerfile } from './rows.ts';

const caddy = (file: string) => ({
  Dockerfile: 'FROM caddy:2-alpine\nCOPY Caddyfile /etc/caddy/Caddyfile\n',
  Caddyfile: file,
});
const admin = '127.0.0.1:2019';

test('Caddy', () =>
  assertRows([
    {
      name: 'the image’s own file',
      files: { Dockerfile: 'FROM caddy:2\nCOPY dist /usr/share/caddy\n' },
      listens: `80 ${admin}`,
    },
    {
      name: 'a port',
      files: caddy(':8080 {\n\troot * /srv\n\tfile_server\n}\n'),
      listens: `8080 ${admin}`,
      at: 'Caddyfile:8080',
    },
    { name: 'without braces', files: caddy(':8080\nroot * /srv\nfile_server\n'), listens: `8080 ${admin}` },
    { name: 'a name gets HTTPS', files: caddy('example.com {\n\trespond ok\n}\n'), listens: `443 80 ${admin}` },
    {
      name: 'a name over plain HTTP',
      files: caddy('http://example.com, http://a.example.com:81 {\n}\n'),
      listens: `80 81 ${admin}`,
    },
    {
      name: 'options at the top',
      files: caddy(
        '{\n\tadmin off\n\tauto_https off\n\thttp_port 8081\n\tlog {\n\t\toutput stdout\n\t}\n}\n\nlocalhost {\n}\n',
      ),
      listens: '8081',
    },
    {
      name: 'a variable with a default',
      files: caddy('{\n\tadmin off\n}\n:{$PORT:8082} {\n\treverse_proxy localhost:3000\n}\n'),
      listens: '8082',
    },
    {
      name: 'a variable of the task',
      files: caddy('{\n\tadmin off\n}\n:{$PORT:8082} {\n}\n'),
      task: { environment: [{ name: 'PORT', value: '8083' }] },
      listens: '8083',
      at: 'task.json:8083',
    },
    {
      name: 'a variable that nothing sets',
      files: caddy(':{$PORT} {\n}\n'),
      listens: /^unknown: the address .* nothing in view sets PORT/,
    },
    {
      name: 'snippets and blocks inside are no sites',
      files: caddy(
        '{\n\tadmin off\n}\n(common) {\n\tencode gzip\n}\n:80 {\n\timport common\n\thandle /api/* {\n\t\treverse_proxy :9000\n\t}\n}\n',
      ),
      listens: '80',
    },
    {
      name: 'imported files',
      files: {
        Dockerfile: 'FROM caddy:2\nCOPY caddy /etc/caddy\n',
        'caddy/Caddyfile': '{\n\tadmin off\n}\nimport sites/*.caddyfile\nimport extra.caddyfile\n',
        'caddy/sites/a.caddyfile': ':8086 {\n}\n',
        'caddy/sites/b.caddyfile': ':8087 {\n}\n',
        'caddy/extra.caddyfile': 'http://:8088 {\n}\n',
      },
      listens: '8086 8087 8088',
      at: 'caddy/sites/a.caddyfile:8086',
    },
    {
      name: 'an imported file that is not there',
      files: caddy('{\n\tadmin off\n}\nimport sites.caddyfile\n:80 {\n}\n'),
      listens: /^unknown: sites.caddyfile, which the Caddyfile imports/,
    },
    {
      name: 'files that import each other',
      files: caddy('import Caddyfile\n:80 {\n}\n'),
      listens: /^unknown: the Caddyfile imports more files/,
    },
    {
      name: 'a snippet of options and of sites',
      files: caddy(
        '(site) {\n\t:8089 {\n\t}\n}\n(local) {\n\tbind 127.0.0.1\n}\nimport site\n:8090 {\n\timport local\n}\n',
      ),
      listens: `8089 127.0.0.1:8090 ${admin}`,
    },
    {
      name: 'bind',
      files: caddy(
        ':8091 {\n\tbind 127.0.0.1 [::1]\n}\n:8092 {\n\tbind tcp4/0.0.0.0\n}\n:8093 {\n\tbind unix//run/caddy.sock\n}\n',
      ),
      listens: `127.0.0.1:8091 8092 ${admin}`,
    },
    {
      name: 'bind for all, and the administration elsewhere',
      files: caddy('{\n\tdefault_bind 127.0.0.1\n\tadmin :2020\n}\n:8094 {\n}\n:8095 {\n\tbind 0.0.0.0\n}\n'),
      listens: '127.0.0.1:8094 8095 2020',
    },
    {
      name: 'addresses over several lines',
      files: caddy('{\n\tadmin off\n}\nhttp://a.example.com:8096,\nhttp://b.example.com:8097 {\n}\n'),
      listens: '8096 8097',
    },
    {
      name: 'a variable that holds a line of its own',
      files: caddy('{\n\t{$OPTIONS}\n\tadmin off\n}\nexample.com {\n}\n'),
      task: { environment: [{ name: 'OPTIONS', value: 'auto_https off' }] },
      listens: '80',
    },
    {
      name: 'one site without braces, its address set by nothing',
      files: caddy('{\n\tadmin off\n}\n{$SERVER_NAME}\n\nlog\n\nroute {\n\tfile_server\n}\n'),
      listens: /^unknown: .*nothing in view sets SERVER_NAME/,
    },
    {
      name: 'the same, set by the task',
      files: caddy('{\n\tadmin off\n}\n{$SERVER_NAME}\n\nlog\n\nroute {\n\tfile_server\n}\n'),
      task: { environment: [{ name: 'SERVER_NAME', value: ':8101' }] },
      listens: '8101',
    },
    {
      name: 'JSON',
      files: {
        Dockerfile:
          'FROM caddy:2\nCOPY caddy.json /etc/caddy/\nCMD ["caddy", "run", "--config", "/etc/caddy/caddy.json"]\n',
        'caddy.json': JSON.stringify({
          admin: { listen: '0.0.0.0:2021' },
          apps: {
            http: {
              servers: { main: { listen: [':8098', 'tcp/127.0.0.1:8099', 'udp/:8100'] }, b: { listen: ['unix//a'] } },
            },
          },
        }),
      },
      listens: '8098 127.0.0.1:8099 2021',
    },
    {
      name: 'JSON with a name',
      files: {
        Dockerfile:
          'FROM caddy:2\nCOPY caddy.json /etc/caddy/\nCMD ["caddy", "run", "--config", "/etc/caddy/caddy.json"]\n',
        'caddy.json': JSON.stringify({
          admin: { disabled: true },
          apps: {
            http: { servers: { a: { listen: [':443'], routes: [{ match: [{ host: ['example.com'] }] }] } } },
          },
        }),
      },
      listens: '443 80',
    },
    {
      name: 'file-server',
      files: { Dockerfile: dockerfile('caddy:2', 'CMD ["caddy", "file-server", "--listen", ":3000"]') },
      listens: '3000',
    },
    {
      name: 'reverse-proxy',
      files: { Dockerfile: dockerfile('caddy:2', 'CMD caddy reverse-proxy --from :8084 --to localhost:3000') },
      listens: `8084 ${admin}`,
    },
    {
      name: 'FrankenPHP under SERVER_NAME',
      files: { Dockerfile: 'FROM dunglas/frankenphp\nENV SERVER_NAME=:8085\nCOPY . /app\n' },
      listens: `8085 ${admin}`,
      at: 'Dockerfile:8085',
    },
    {
      name: 'FrankenPHP by default',
      files: { Dockerfile: 'FROM dunglas/frankenphp\nCOPY . /app\n' },
      listens: `443 80 ${admin}`,
    },
  ]));
