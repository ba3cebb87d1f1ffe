// What Caddy, HAProxy and small web servers listen on, and images that bring a server with PHP or Python.

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
      name: 'its file is not in view',
      files: { Dockerfile: 'FROM haproxy:3.0\n' },
      listens: /^unknown: HAProxy's configuration/,
    },
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

test('images that bring a server', () =>
  assertRows([
    { name: 'webdevops', files: { Dockerfile: 'FROM webdevops/php-nginx:8.2\nCOPY . /app\n' }, listens: '80 443 9000' },
    {
      name: 'serversideup',
      files: { Dockerfile: 'FROM serversideup/php:8.3-fpm-nginx\nCOPY . /var/www/html\n' },
      listens: '8080 8443',
    },
    { name: 'trafex', files: { Dockerfile: 'FROM trafex/php-nginx\nCOPY . /var/www/html\n' }, listens: '8080' },
    {
      name: 'uwsgi-nginx under LISTEN_PORT',
      files: { Dockerfile: 'FROM tiangolo/uwsgi-nginx-flask:python3.11\nENV LISTEN_PORT=8080\nCOPY ./app /app\n' },
      listens: '8080',
    },
    { name: 'WordPress', files: {}, task: { image: 'wordpress:6' }, listens: '80' },
    {
      name: 'trafex with a configuration of its own',
      files: {
        Dockerfile: 'FROM trafex/php-nginx\nCOPY nginx.conf /etc/nginx/nginx.conf\n',
        'nginx.conf': 'http { server { listen 1; } }',
      },
      listens: /^unknown/,
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
