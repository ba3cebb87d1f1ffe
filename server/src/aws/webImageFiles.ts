// What images that bring a web server together with PHP or Python run by: their configuration files, as `serverFiles.ts`
// has those of plain servers. Read in the repositories named, November 2026.

import type { ServerFiles } from './serverFiles.ts';

const fpmMain = '[global]\ninclude=etc/php-fpm.d/*.conf\n';
const including = (...paths: readonly string[]) =>
  `events {\n}\n\nhttp {\n${paths.map((path) => `    include ${path};\n`).join('')}}\n`;

const programs = (commands: Readonly<Record<string, string>>) =>
  Object.entries(commands)
    .map(([name, command]) => `[program:${name}]\ncommand=${command}\n`)
    .join('\n');

/** https://github.com/webdevops/Dockerfile docker/base, docker/php-nginx, docker/php-apache; TLS is always on. */
const webdevops = {
  '/etc/supervisord.conf': '[supervisord]\nnodaemon=true\n\n[include]\nfiles = /opt/docker/etc/supervisor.d/*.conf\n',
  '/opt/docker/etc/supervisor.conf': { linksTo: '/etc/supervisord.conf' },
  '/opt/docker/etc/supervisor.d/php-fpm.conf': programs({ 'php-fpmd': 'php-fpm --nodaemonize' }),
  '/usr/local/etc/php-fpm.conf': fpmMain,
  '/opt/docker/etc/php/fpm/pool.d/application.conf': '[www]\nlisten = 127.0.0.1:9000\n',
  '/usr/local/etc/php-fpm.d/application.conf': { linksTo: '/opt/docker/etc/php/fpm/pool.d/application.conf' },
} satisfies ServerFiles;

const webdevopsNginx: ServerFiles = {
  ...webdevops,
  '/opt/docker/etc/supervisor.d/nginx.conf': programs({ nginxd: "nginx -g 'daemon off;'" }),
  '/etc/nginx/nginx.conf': including('/etc/nginx/conf.d/*.conf'),
  '/etc/nginx/conf.d/10-docker.conf': { linksTo: '/opt/docker/etc/nginx/main.conf' },
  '/opt/docker/etc/nginx/main.conf':
    'include /opt/docker/etc/nginx/conf.d/*.conf;\ninclude /opt/docker/etc/nginx/vhost.conf;\n',
  '/opt/docker/etc/nginx/vhost.conf':
    'server {\n    listen 80 default_server;\n    listen [::]:80 default_server;\n\n' +
    '    include /opt/docker/etc/nginx/vhost.common.d/*.conf;\n}\n\n' +
    'server {\n    listen 443 ssl default_server;\n    listen [::]:443 ssl default_server;\n\n' +
    '    include /opt/docker/etc/nginx/vhost.common.d/*.conf;\n    include /opt/docker/etc/nginx/vhost.ssl.conf;\n}\n',
};

const webdevopsApache: ServerFiles = {
  ...webdevops,
  '/opt/docker/etc/supervisor.d/apache.conf': programs({ apached: 'apachectl -DFOREGROUND' }),
  '/etc/apache2/apache2.conf':
    'Include ports.conf\n\nIncludeOptional conf-enabled/*.conf\n\nIncludeOptional sites-enabled/*.conf\n\n' +
    'IncludeOptional /opt/docker/etc/httpd/main.conf\n',
  '/etc/apache2/ports.conf': 'Listen 80\n\nListen 443\n',
  '/opt/docker/etc/httpd/main.conf':
    'IncludeOptional /opt/docker/etc/httpd/conf.d/*.conf\nInclude /opt/docker/etc/httpd/vhost.conf\n',
  '/opt/docker/etc/httpd/vhost.conf': '<VirtualHost *:80>\n</VirtualHost>\n\n<VirtualHost *:443>\n</VirtualHost>\n',
};

/** https://github.com/TrafeX/docker-php-nginx */
const trafex: ServerFiles = {
  '/etc/supervisor/conf.d/supervisord.conf': programs({
    'php-fpm': 'php-fpm -F',
    nginx: "nginx -g 'daemon off;'",
  }),
  '/etc/nginx/nginx.conf': including('/etc/nginx/conf.d/*.conf'),
  '/etc/nginx/conf.d/default.conf':
    'server {\n    listen [::]:8080 default_server;\n    listen 8080 default_server;\n    server_name _;\n}\n',
  '/etc/php-fpm.conf': '[global]\ninclude=/etc/php-fpm.d/*.conf\n',
  '/etc/php-fpm.d/www.conf': '[www]\nlisten = /run/php-fpm.sock\n',
};

/** https://github.com/richarvey/nginx-php-fpm; what its start script copies is in `webImages.ts`. */
const richarvey: ServerFiles = {
  '/etc/supervisord.conf': `${programs({
    'php-fpm': 'php-fpm --force-stderr --nodaemonize --fpm-config /usr/local/etc/php-fpm.d/www.conf',
    nginx: 'nginx -g "daemon off; error_log /dev/stderr info;"',
  })}\n[include]\nfiles = /etc/supervisor/conf.d/*.conf\n`,
  '/etc/nginx/nginx.conf': including('/etc/nginx/sites-enabled/*'),
  '/etc/nginx/sites-available/default.conf':
    'server {\n\tlisten   80; ## listen for ipv4; this line is default and implied\n' +
    '\tlisten   [::]:80 default ipv6only=on; ## listen for ipv6\n}\n',
  '/etc/nginx/sites-enabled/default.conf': { linksTo: '/etc/nginx/sites-available/default.conf' },
  '/usr/local/etc/php-fpm.d/www.conf': '[www]\nlisten = /var/run/php-fpm.sock\n',
};

/** https://github.com/serversideup/docker-php 4.3; with SSL_MODE other than off a TLS port comes beside it. */
const serversideup = {
  '/usr/local/etc/php-fpm.conf': fpmMain,
  '/usr/local/etc/php-fpm.d/docker-php-serversideup-pool.conf': '[www]\nlisten = 9000\n',
} satisfies ServerFiles;

const serversideupNginx: ServerFiles = {
  ...serversideup,
  '/etc/nginx/nginx.conf': including('/etc/nginx/conf.d/*.conf'),
  '/etc/nginx/conf.d/default.conf': 'server {\n\tinclude /etc/nginx/site-opts.d/http.conf;\n}\n',
  '/etc/nginx/site-opts.d/http.conf':
    'listen ${NGINX_HTTP_PORT:-8080} default_server;\nlisten [::]:${NGINX_HTTP_PORT:-8080} default_server;\n\n' +
    'include /etc/nginx/server-opts.d/*.conf;\n',
};

/** mod_ssl is enabled, so that both lines hold in every SSL_MODE. */
const serversideupApache: ServerFiles = {
  ...serversideup,
  '/etc/apache2/apache2.conf':
    'Include ports.conf\n\nIncludeOptional conf-enabled/*.conf\n\nIncludeOptional sites-enabled/*.conf\n',
  '/etc/apache2/ports.conf': 'Listen ${APACHE_HTTP_PORT:-8080}\n\nListen ${APACHE_HTTPS_PORT:-8443}\n',
};

const plainSite = '{$CADDY_HTTP_SERVER_ADDRESS:http://} {\n\tphp_server\n}\n';
const secureSite = '{$CADDY_HTTPS_SERVER_ADDRESS:https://} {\n\tphp_server\n}\n';

const serversideupFrankenphp: ServerFiles = {
  '/etc/frankenphp/Caddyfile':
    '{\n\tadmin {$CADDY_ADMIN:off}\n\n\tauto_https {$CADDY_AUTO_HTTPS:off}\n\n\thttp_port {$CADDY_HTTP_PORT:8080}\n' +
    '\thttps_port {$CADDY_HTTPS_PORT:8443}\n\n\t{$CADDY_GLOBAL_OPTIONS}\n}\n\n' +
    'import ssl-mode/{$SSL_MODE:off}.caddyfile\n\nimport caddyfile.d/*.caddyfile\n',
  '/etc/frankenphp/ssl-mode/off.caddyfile': plainSite,
  '/etc/frankenphp/ssl-mode/mixed.caddyfile': `${plainSite}\n${secureSite}`,
  '/etc/frankenphp/ssl-mode/full.caddyfile': `${plainSite}\n${secureSite}`,
};

/** https://github.com/php/frankenphp/blob/main/caddy/frankenphp/Caddyfile */
const frankenphp: ServerFiles = {
  '/etc/frankenphp/Caddyfile':
    '{\n\tskip_install_trust\n\n\t{$CADDY_GLOBAL_OPTIONS}\n\n\tfrankenphp {\n\t\t{$FRANKENPHP_CONFIG}\n\t}\n}\n\n' +
    '{$CADDY_EXTRA_CONFIG}\n\n{$SERVER_NAME:localhost} {\n\troot {$SERVER_ROOT:public/}\n' +
    '\t{$CADDY_SERVER_EXTRA_DIRECTIVES}\n\tphp_server\n}\n\nimport Caddyfile.d/*.caddyfile\n',
};

/** https://github.com/bitnami/containers bitnami/nginx/1.29: the server of TLS comes with NGINX_HTTPS_PORT_NUMBER alone. */
const bitnamiNginx: ServerFiles = {
  '/opt/bitnami/nginx/conf/nginx.conf':
    'http {\n    include  "/opt/bitnami/nginx/conf/server_blocks/*.conf";\n' +
    '    include  "/opt/bitnami/nginx/conf/context.d/http/*.conf";\n\n    server {\n' +
    '        listen  ${NGINX_HTTP_PORT_NUMBER:-8080};\n\n' +
    '        include  "/opt/bitnami/nginx/conf/bitnami/*.conf";\n    }\n}\n',
};

/** https://github.com/tiangolo/uwsgi-nginx-docker docker-images/entrypoint.sh */
const uwsgiNginx: ServerFiles = {
  '/etc/nginx/nginx.conf': including('/etc/nginx/conf.d/*.conf'),
  '/etc/nginx/conf.d/nginx.conf':
    'server {\n    listen ${LISTEN_PORT:-80};\n    location / {\n        uwsgi_pass unix:///tmp/uwsgi.sock;\n    }\n}\n',
};

const byRepository: Readonly<Record<string, (tag: string) => ServerFiles>> = {
  'webdevops/php-nginx': () => webdevopsNginx,
  'webdevops/php-nginx-dev': () => webdevopsNginx,
  'webdevops/php-apache': () => webdevopsApache,
  'webdevops/php-apache-dev': () => webdevopsApache,
  'trafex/php-nginx': () => trafex,
  'trafex/alpine-nginx-php7': () => trafex,
  'richarvey/nginx-php-fpm': () => richarvey,
  'serversideup/php': (tag) => {
    if (/nginx/.test(tag)) return serversideupNginx;
    if (/apache/.test(tag)) return serversideupApache;
    return /frankenphp/.test(tag) ? serversideupFrankenphp : serversideup;
  },
  'dunglas/frankenphp': () => frankenphp,
  'bitnami/nginx': () => bitnamiNginx,
  'tiangolo/uwsgi-nginx': () => uwsgiNginx,
  'tiangolo/uwsgi-nginx-flask': () => uwsgiNginx,
};

/** `repository` and `tag` as `baseImageName` gives them. */
export function webImageFiles(repository: string, tag: string): ServerFiles {
  return Object.hasOwn(byRepository, repository) ? (byRepository[repository]?.(tag) ?? {}) : {};
}
