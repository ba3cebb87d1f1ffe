// nginx, HAProxy, lighttpd and Caddy by their own configuration.

import { imageOf, type KernelProgram } from '../program.ts';

type Files = KernelProgram['files'];

function server(
  runtime: string,
  name: string,
  command: string,
  files: Files,
  environment?: KernelProgram['environment'],
): KernelProgram {
  const base = `debian:12\nRUN apt-get update && apt-get install -y ${runtime}`;
  return {
    name,
    runtime,
    files: { Dockerfile: imageOf(base, `CMD ${command}`), ...files },
    ...(environment && { environment }),
  };
}

/** What keeps nginx from writing where it may not. */
const quiet = 'pid /tmp/steadystate-nginx.pid;\nerror_log stderr;\nevents {}\n';
const nginx = (name: string, http: string, files: Files = {}) =>
  server('nginx', name, '["nginx", "-c", "/srv/nginx.conf", "-g", "daemon off;"]', {
    'nginx.conf': `${quiet}http {\n  access_log off;\n${http}}\n`,
    ...files,
  });

const run = (name: string, script: string, files: Files, environment: Readonly<Record<string, string>> = {}) =>
  server('nginx', name, '["sh", "/srv/start.sh"]', { 'start.sh': script, ...files }, environment);

const haproxy = (name: string, text: string, environment?: Readonly<Record<string, string>>) =>
  server(
    'haproxy',
    name,
    '["haproxy", "-db", "-f", "/srv/haproxy.cfg"]',
    { 'haproxy.cfg': `defaults\n  mode http\n  timeout connect 1s\n  timeout client 1s\n  timeout server 1s\n${text}` },
    environment,
  );

const lighttpd = (name: string, text: string, environment?: Readonly<Record<string, string>>) =>
  server(
    'lighttpd',
    name,
    '["lighttpd", "-D", "-f", "/srv/lighttpd.conf"]',
    { 'lighttpd.conf': `server.document-root = "/srv"\n${text}` },
    environment,
  );

const caddy = (name: string, text: string, environment?: Readonly<Record<string, string>>, files: Files = {}) =>
  server('caddy', name, '["caddy", "run", "--config", "/srv/Caddyfile"]', { Caddyfile: text, ...files }, environment);

export const serverConfigurations: readonly KernelProgram[] = [
  nginx('a server', '  server { listen 5701; }\n'),
  nginx('loopback beside every interface', '  server { listen 127.0.0.1:5702; }\n  server { listen *:5703; }\n'),
  nginx('IPv6 and IPv4', '  server { listen [::]:5704; listen 5704; }\n  server { listen [::1]:5705; }\n'),
  nginx('a server without listen', '  server { server_name a; }\n'),
  nginx('an address without a port', '  server { listen 127.0.0.1; }\n'),
  nginx('included files', '  include sites/*.conf;\n', {
    'sites/a.conf': 'server { listen 5706; }\n',
    'sites/b.conf': 'server { listen 5707; }\n',
    'sites/c.txt': 'server { listen 9999; }\n',
  }),
  nginx('a unix socket alone', '  server { listen unix:/tmp/steadystate-nginx.sock; }\n'),
  run(
    'sed in an entry script',
    '#!/bin/sh\nsed -i "s/LISTEN/${PORT:-5708}/" /srv/nginx.conf\nexec nginx -c /srv/nginx.conf -g "daemon off;"\n',
    { 'nginx.conf': `${quiet}http { access_log off; server { listen LISTEN; } }\n` },
    { PORT: '6708' },
  ),
  run(
    'a script that runs before the server',
    '#!/bin/sh\nsh /srv/configure.sh 5709\nexec nginx -c /srv/nginx.conf -g "daemon off;"\n',
    {
      'configure.sh': '#!/bin/sh\ncat > /srv/site.conf <<EOF\nserver { listen $1; }\nEOF\n',
      'nginx.conf': `${quiet}http { access_log off; include /srv/site.conf; }\n`,
    },
  ),
  haproxy('bind', 'frontend a\n  bind *:5711\nfrontend b\n  bind 127.0.0.1:5712,127.0.0.1:5713\n'),
  haproxy('variables and a default', 'frontend a\n  bind ":${PORT}"\nfrontend b\n  bind "ipv4@*:${OTHER-5715}"\n', {
    PORT: '5714',
  }),
  lighttpd('a port', 'server.port = 5721\n'),
  lighttpd('no port', ''),
  lighttpd('loopback', 'server.bind = "127.0.0.1"\nserver.port = 5722\n'),
  lighttpd('another socket', 'server.port = 5723\n$SERVER["socket"] == "127.0.0.1:5724" { }\n'),
  lighttpd('a variable', 'server.port = env.PORT\n', { PORT: '5725' }),
  caddy('a port and its administration', ':5731 {\n\trespond ok\n}\n'),
  caddy('a variable with a default', '{\n\tadmin off\n}\n:{$PORT:5732} {\n}\n:{$OTHER:5733} {\n}\n', { PORT: '6732' }),
  caddy('bind', '{\n\tadmin off\n}\n:5734 {\n\tbind 127.0.0.1\n}\n:5735 {\n\tbind 0.0.0.0\n}\n'),
  caddy('plain HTTP for names', '{\n\tadmin off\n}\nhttp://a.example.com, http://b.example.com:5736 {\n}\n'),
  caddy(
    'certificates of its own, with redirects',
    '{\n\tadmin off\n\tskip_install_trust\n}\na.example.com {\n\ttls internal\n}\n',
  ),
  caddy(
    'imports',
    '{\n\tadmin 127.0.0.1:5737\n}\nimport sites/*.caddyfile\n(site) {\n\t:5738 {\n\t}\n}\nimport site\n',
    undefined,
    {
      'sites/a.caddyfile': ':5739 {\n}\n',
    },
  ),
  server('caddy', 'JSON', '["caddy", "run", "--config", "/srv/caddy.json"]', {
    'caddy.json': JSON.stringify({
      admin: { disabled: true },
      apps: { http: { servers: { a: { listen: [':5740', 'tcp/127.0.0.1:5741'] } } } },
    }),
  }),
  server('caddy', 'file-server', '["caddy", "file-server", "--listen", "127.0.0.1:5742"]', {}),
];
