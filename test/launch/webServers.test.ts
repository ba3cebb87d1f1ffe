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

test('images that bring a server', () =>
  assertRows([
    {
      name: 'webdevops',
      files: { Dockerfile: 'FROM webdevops/php-nginx:8.2\nCOPY . /app\n' },
      listens: '80 443 127.0.0.1:9000',
    },
    {
      name: 'webdevops with Apache and a site of its own',
      files: {
        Dockerfile: 'FROM webdevops/php-apache:8.2\nCOPY vhost.conf /opt/docker/etc/httpd/vhost.conf\n',
        'vhost.conf': 'Listen 8080\n<VirtualHost *:8080>\n</VirtualHost>\n',
      },
      listens: '80 443 8080 127.0.0.1:9000',
    },
    {
      name: 'webdevops with a site and a program of its own',
      files: {
        Dockerfile:
          'FROM webdevops/php-nginx:8.3-alpine\nCOPY vhost.conf /opt/docker/etc/nginx/vhost.conf\n' +
          'COPY queue.conf /opt/docker/etc/supervisor.d/queue.conf\n',
        'vhost.conf': 'server {\n  listen 8080;\n}\n',
        'queue.conf': '[program:queue]\ncommand=php /app/artisan queue:work\n',
      },
      listens: '8080 127.0.0.1:9000',
      at: 'vhost.conf:8080',
    },
    {
      name: 'serversideup',
      files: { Dockerfile: 'FROM serversideup/php:8.3-fpm-nginx\nCOPY . /var/www/html\n' },
      listens: '8080 9000',
    },
    {
      name: 'serversideup under NGINX_HTTP_PORT',
      files: { Dockerfile: 'FROM serversideup/php:8.3-fpm-nginx\nENV NGINX_HTTP_PORT=80\nCOPY . /var/www/html\n' },
      listens: '80 9000',
      at: 'Dockerfile:80',
    },
    {
      name: 'serversideup with TLS',
      files: { Dockerfile: 'FROM serversideup/php:8.3-fpm-nginx\nENV SSL_MODE=full\nCOPY . /var/www/html\n' },
      listens: /^unknown: what SSL_MODE makes init listen on/,
    },
    {
      name: 'serversideup with Apache',
      files: { Dockerfile: 'FROM serversideup/php:8.3-fpm-apache\nCOPY . /var/www/html\n' },
      listens: '8080 8443 9000',
    },
    {
      name: 'serversideup with FrankenPHP',
      files: { Dockerfile: 'FROM serversideup/php:8.4-frankenphp\nENV CADDY_HTTP_PORT=8000\nCOPY . /var/www/html\n' },
      listens: '8000',
    },
    {
      name: 'serversideup with FrankenPHP and TLS',
      files: { Dockerfile: 'FROM serversideup/php:8.4-frankenphp\nENV SSL_MODE=mixed\nCOPY . /var/www/html\n' },
      listens: '8080 8443',
    },
    {
      name: 'richarvey, and a site that its start script takes',
      files: {
        Dockerfile: 'FROM richarvey/nginx-php-fpm:3.1.6\nCOPY . /var/www/html\n',
        'conf/nginx/nginx-site.conf': 'server {\n  listen 8080;\n}\n',
      },
      listens: '8080',
      at: 'conf/nginx/nginx-site.conf:8080',
    },
    {
      name: 'richarvey',
      files: { Dockerfile: 'FROM richarvey/nginx-php-fpm:3.1.6\nCOPY . /var/www/html\n' },
      listens: '80',
    },
    { name: 'Bitnami', files: { Dockerfile: 'FROM bitnami/nginx:1.29\nCOPY dist /app\n' }, listens: '8080' },
    {
      name: 'Bitnami under another port, with a server block of its own',
      files: {
        Dockerfile:
          'FROM bitnami/nginx:1.29\nENV NGINX_HTTP_PORT_NUMBER=8090\nCOPY own.conf /opt/bitnami/nginx/conf/server_blocks/own.conf\n',
        'own.conf': 'server {\n  listen 3000;\n}\n',
      },
      listens: '3000 8090',
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
        'nginx.conf': 'http { server { listen 8081; } }',
      },
      listens: '8081',
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
