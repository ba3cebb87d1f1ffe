// What HAProxy, lighttpd, proxies and small web servers listen on.

import { test } from 'node:test';
import { assertRows, dockerfile } from './rows.ts';

const haproxy = (file: string) => ({
  Dockerfile: 'FROM haproxy:3.0\nCOPY haproxy.cfg /usr/local/etc/haproxy/haproxy.cfg\n',
  'haproxy.cfg': file,
});

test('HAProxy', () =>
  assertRows([
    {
      name: 'frontends',
      files: haproxy(
        'frontend www\n  bind *:80\n  bind :443 ssl crt /a.pem\n  default_backend app\nbackend app\n  server a localhost:3000\nlisten stats\n  bind 127.0.0.1:8404\n',
      ),
      listens: '80 443 127.0.0.1:8404',
    },
    {
      name: 'a variable',
      files: haproxy('frontend www\n  bind "*:${PORT}"\n'),
      task: { environment: [{ name: 'PORT', value: '8080' }] },
      listens: '8080',
    },
    {
      name: 'an address behind the name of a section',
      files: haproxy('listen www :8081\n  server a localhost:3000\nlisten stats\n  bind :8404\n'),
      listens: '8081 8404',
      at: 'haproxy.cfg:8081',
    },
    {
      name: 'variables with defaults',
      files: haproxy('frontend a\n  bind "${HOST-127.0.0.1}:${PORT-8082}"\nfrontend b\n  bind ipv4@*:"${PORT-8082}"\n'),
      task: { environment: [{ name: 'HOST', value: '0.0.0.0' }] },
      listens: '8082',
    },
    {
      name: 'a variable that nothing sets',
      files: haproxy('frontend a\n  bind :$PORT\n'),
      listens: /^unknown: .*nothing in view sets PORT/,
    },
    {
      name: 'its file is not in view',
      files: { Dockerfile: 'FROM haproxy:3.0\n' },
      listens: /^unknown: HAProxy's configuration/,
    },
  ]));

const lighttpd = (file: string) => ({
  Dockerfile:
    'FROM alpine:3.20\nRUN apk add lighttpd\nCOPY l.conf /etc/lighttpd/lighttpd.conf\nCMD ["lighttpd", "-D", "-f", "/etc/lighttpd/lighttpd.conf"]\n',
  'l.conf': `server.document-root = "/srv"\n${file}`,
});

test('lighttpd', () =>
  assertRows([
    {
      name: 'the package as it is',
      files: {
        Dockerfile: 'FROM debian:12\nRUN apt-get install -y lighttpd\nCMD lighttpd -D -f /etc/lighttpd/lighttpd.conf\n',
      },
      listens: '80',
    },
    { name: 'a port', files: lighttpd('server.port = 8080 # as asked\n'), listens: '8080', at: 'l.conf:8080' },
    { name: 'no port', files: lighttpd('#server.port = 8080\n'), listens: '80' },
    { name: 'an address', files: lighttpd('server.bind="127.0.0.1"\nserver.port=8081\n'), listens: '127.0.0.1:8081' },
    {
      name: 'a second socket',
      files: lighttpd(
        'server.port = 80\n$SERVER["socket"] == ":443" {\n  ssl.engine = "enable"\n}\n$SERVER["socket"] == "[::]:80" { }\n',
      ),
      listens: '80 443',
    },
    {
      name: 'a variable of the environment',
      files: lighttpd('server.port = env.PORT\n'),
      task: { environment: [{ name: 'PORT', value: '8083' }] },
      listens: '8083',
      at: 'task.json:8083',
    },
    {
      name: 'a variable that nothing sets',
      files: lighttpd('server.port = env.PORT\n'),
      listens: /^unknown: the port/,
    },
    { name: 'a unix socket', files: lighttpd('server.bind = "/run/l.sock"\n'), listens: 'none' },
  ]));

test('small web servers', () =>
  assertRows([
    {
      name: 'BusyBox',
      files: { Dockerfile: dockerfile('busybox', 'CMD ["busybox", "httpd", "-f", "-v", "-p", "3000"]') },
      listens: '3000',
    },
    {
      name: 'BusyBox without a port',
      files: { Dockerfile: dockerfile('busybox', 'CMD ["busybox", "httpd", "-f"]') },
      listens: '80',
    },
    {
      name: 'static-web-server',
      files: { Dockerfile: 'FROM joseluisq/static-web-server:2\nENV SERVER_PORT=8787\n' },
      listens: '8787',
    },
    {
      name: 'static-web-server by default',
      files: { Dockerfile: 'FROM joseluisq/static-web-server:2-alpine\nCOPY dist /public\n' },
      listens: '80',
    },
    {
      name: 'static-web-server 3',
      files: { Dockerfile: 'FROM joseluisq/static-web-server:3\nCOPY dist /public\n' },
      listens: '8080',
    },
    {
      name: 'darkhttpd',
      files: { Dockerfile: dockerfile('alpine', 'CMD ["darkhttpd", "/srv", "--port", "8088"]') },
      listens: '8088',
    },
    {
      name: 'Varnish',
      files: { Dockerfile: dockerfile('alpine', 'CMD varnishd -F -a http=:6081,HTTP -f /etc/default.vcl') },
      listens: '6081',
    },
  ]));

test('Envoy and Traefik', () =>
  assertRows([
    {
      name: 'Envoy',
      files: {
        Dockerfile: 'FROM envoyproxy/envoy:v1.31-latest\nCOPY envoy.yaml /etc/envoy/envoy.yaml\n',
        'envoy.yaml':
          'admin:\n  address:\n    socket_address: { address: 127.0.0.1, port_value: 9901 }\nstatic_resources:\n  listeners:\n  - name: main\n    address:\n      socket_address:\n        address: 0.0.0.0\n        port_value: 8080\n  clusters:\n  - name: app\n    load_assignment:\n      endpoints:\n      - lb_endpoints:\n        - endpoint:\n            address:\n              socket_address: { address: 127.0.0.1, port_value: 3000 }\n',
      },
      listens: '127.0.0.1:9901 8080',
    },
    {
      name: 'Traefik by arguments',
      files: {
        Dockerfile: 'FROM traefik:v3\nCMD ["traefik", "--entrypoints.web.address=:8080", "--api.insecure=true"]\n',
      },
      listens: '8080',
    },
    { name: 'Traefik by default', files: { Dockerfile: 'FROM traefik:v3\n' }, listens: '80' },
    {
      name: 'Traefik by its file',
      files: {
        Dockerfile: 'FROM traefik:v3\nCOPY traefik.yml /etc/traefik/traefik.yml\n',
        'traefik.yml': 'entryPoints:\n  web:\n    address: ":81"\n  secure:\n    address: ":443"\n',
      },
      listens: '81 443',
    },
  ]));
