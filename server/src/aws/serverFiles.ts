// The configuration files that images and packages of servers bring, cut down to the lines that decide a port, spelled as
// there, so that a `sed` finds in them what it looks for. Those of Debian were read as installed from Debian 12, the others
// at the pages named, November 2026. Images that bring a server together with PHP or Python: `webImageFiles.ts`.

import { webImageFiles } from './webImageFiles.ts';

/** Container path → text. In a text, `${NAME:-80}` is a variable that the image's entry script fills in, with its default. */
export type ServerFiles = Readonly<Record<string, string | ServerFileLink>>;

/** A symbolic link. */
export interface ServerFileLink {
  readonly linksTo: string;
}

const site = (port: number) => `server {\n    listen       ${port};\n    server_name  localhost;\n}\n`;
const including = (...paths: readonly string[]) =>
  `events {\n}\n\nhttp {\n${paths.map((path) => `    include ${path};\n`).join('')}}\n`;

/** https://github.com/nginx/docker-nginx and https://github.com/nginx/docker-nginx-unprivileged */
const nginxImage = (port: number): ServerFiles => ({
  '/etc/nginx/nginx.conf': including('/etc/nginx/conf.d/*.conf'),
  '/etc/nginx/conf.d/default.conf': site(port),
});

/** https://github.com/openresty/docker-openresty */
const openresty: ServerFiles = {
  '/usr/local/openresty/nginx/conf/nginx.conf': including('/etc/nginx/conf.d/*.conf'),
  '/etc/nginx/conf.d/default.conf': site(80),
};

const nginxDebianSite =
  'server {\n\tlisten 80 default_server;\n\tlisten [::]:80 default_server;\n\n\tserver_name _;\n}\n';
/** nginx 1.22.1 of Debian 12 */
const nginxDebian: ServerFiles = {
  '/etc/nginx/nginx.conf': including('/etc/nginx/conf.d/*.conf', '/etc/nginx/sites-enabled/*'),
  '/etc/nginx/sites-available/default': nginxDebianSite,
  '/etc/nginx/sites-enabled/default': { linksTo: '/etc/nginx/sites-available/default' },
};

/** https://git.alpinelinux.org/aports/tree/main/nginx */
const nginxAlpine: ServerFiles = {
  '/etc/nginx/nginx.conf': including('/etc/nginx/http.d/*.conf'),
  '/etc/nginx/http.d/default.conf':
    'server {\n\tlisten 80 default_server;\n\tlisten [::]:80 default_server;\n\n\tlocation / {\n\t\treturn 404;\n\t}\n}\n',
};

/** https://src.fedoraproject.org/rpms/nginx nginx.conf */
const nginxFedora: ServerFiles = {
  '/etc/nginx/nginx.conf':
    'http {\n    include /etc/nginx/conf.d/*.conf;\n\n    server {\n        listen       80;\n        listen       [::]:80;\n' +
    '        server_name  _;\n        include /etc/nginx/default.d/*.conf;\n    }\n}\n',
};

/** https://github.com/docker-library/httpd, https://svn.apache.org/repos/asf/httpd/httpd/branches/2.4.x/docs/conf/httpd.conf.in */
const httpdImage: ServerFiles = {
  '/usr/local/apache2/conf/httpd.conf':
    'ServerRoot "/usr/local/apache2"\n\nListen 80\n\n#ServerName www.example.com:80\n\n#Include conf/extra/httpd-vhosts.conf\n\n' +
    '#Include conf/extra/httpd-ssl.conf\n',
  '/usr/local/apache2/conf/extra/httpd-ssl.conf': 'Listen 443\n<VirtualHost _default_:443>\n</VirtualHost>\n',
  '/usr/local/apache2/conf/extra/httpd-vhosts.conf': '<VirtualHost *:80>\n</VirtualHost>\n',
};

const apacheDebianSite = '<VirtualHost *:80>\n\tDocumentRoot /var/www/html\n</VirtualHost>\n';
/** apache2 2.4 of Debian 12; mod_ssl is not enabled. */
const apacheDebian: ServerFiles = {
  '/etc/apache2/apache2.conf':
    'IncludeOptional mods-enabled/*.conf\n\nInclude ports.conf\n\nIncludeOptional conf-enabled/*.conf\n\n' +
    'IncludeOptional sites-enabled/*.conf\n',
  '/etc/apache2/ports.conf':
    'Listen 80\n\n<IfModule ssl_module>\n\tListen 443\n</IfModule>\n\n<IfModule mod_gnutls.c>\n\tListen 443\n</IfModule>\n',
  '/etc/apache2/sites-available/000-default.conf': apacheDebianSite,
  '/etc/apache2/sites-enabled/000-default.conf': { linksTo: '/etc/apache2/sites-available/000-default.conf' },
};

/** https://src.fedoraproject.org/rpms/httpd httpd.conf */
const apacheFedora: ServerFiles = {
  '/etc/httpd/conf/httpd.conf':
    'ServerRoot "/etc/httpd"\n\nListen 80\nInclude conf.modules.d/*.conf\n\nIncludeOptional conf.d/*.conf\n',
};

/** https://git.alpinelinux.org/aports/tree/main/apache2 */
const apacheAlpine: ServerFiles = {
  '/etc/apache2/httpd.conf': 'ServerRoot /var/www\n\nListen 80\n\nIncludeOptional /etc/apache2/conf.d/*.conf\n',
};

/** lighttpd 1.4.69 of Debian 12; https://git.alpinelinux.org/aports/tree/main/lighttpd leaves the port at 80. */
const lighttpdDebian: ServerFiles = {
  '/etc/lighttpd/lighttpd.conf': 'server.port                 = 80\n\ninclude "/etc/lighttpd/conf-enabled/*.conf"\n',
};
const lighttpdAlpine: ServerFiles = { '/etc/lighttpd/lighttpd.conf': '# server.port          = 81\n' };

const phpFpm = (www: string, docker: string, last: string): ServerFiles => ({
  '/usr/local/etc/php-fpm.conf': '[global]\ninclude=etc/php-fpm.d/*.conf\n',
  '/usr/local/etc/php-fpm.d/www.conf': `[www]\nuser = www-data\ngroup = www-data\n${www}listen = 127.0.0.1:9000\n`,
  '/usr/local/etc/php-fpm.d/docker.conf': `[global]\nerror_log = /proc/self/fd/2\n\n[www]\n${docker}`,
  '/usr/local/etc/php-fpm.d/zz-docker.conf': `[global]\ndaemonize = no\n\n[www]\n${last}`,
});

/** `listen` stood in the file that is read last until January 2026: 8.2.30, 8.3.29, 8.4.16 and 8.5.1 are the last of those. */
const lastPatches: Readonly<Record<string, number>> = { '8.2': 30, '8.3': 29, '8.4': 16, '8.5': 1 };

/** https://github.com/docker-library/php/pull/1635 */
function phpFpmImage(tag: string): ServerFiles {
  const [, minor = '', patch] = /^(\d+\.\d+)(?:\.(\d+))?/.exec(tag) ?? [];
  const last = lastPatches[minor];
  const isOld = last === undefined ? /^(?:[1-7]\b|8\.[01]\b)/.test(tag) : patch !== undefined && Number(patch) <= last;
  return isOld ? phpFpm('', '', 'listen = 9000\n') : phpFpm(';', 'listen = 9000\n', '');
}

/** https://github.com/caddyserver/dist config/Caddyfile */
const caddyImage: ServerFiles = {
  '/etc/caddy/Caddyfile': ':80 {\n\troot * /usr/share/caddy\n\tfile_server\n}\n',
};

const byImage: readonly (readonly [RegExp, (tag: string) => ServerFiles])[] = [
  [/^nginx$/, () => nginxImage(80)],
  [/^nginxinc\/nginx-unprivileged$/, () => nginxImage(8080)],
  [/^openresty\/openresty$/, () => openresty],
  [/^httpd$/, () => httpdImage],
  [/^php$/, (tag) => (/fpm/.test(tag) ? phpFpmImage(tag) : apacheDebian)],
  [
    /^(?:wordpress|drupal|nextcloud|joomla|matomo)$/,
    (tag) => (/fpm/.test(tag) ? phpFpmImage(/php([\d.]+)/.exec(tag)?.[1] ?? '') : apacheDebian),
  ],
  [/^caddy$/, () => caddyImage],
];

export type Distribution = 'debian' | 'alpine' | 'fedora';

const packages: Readonly<Record<string, Readonly<Record<Distribution, ServerFiles>>>> = {
  nginx: { debian: nginxDebian, alpine: nginxAlpine, fedora: nginxFedora },
  apache2: { debian: apacheDebian, alpine: apacheAlpine, fedora: {} },
  httpd: { debian: {}, alpine: {}, fedora: apacheFedora },
  lighttpd: { debian: lighttpdDebian, alpine: lighttpdAlpine, fedora: {} },
};

/** The files of a well-known image; `repository` and `tag` as `baseImageName` gives them. */
export function imageServerFiles(repository: string, tag: string): ServerFiles {
  const own = byImage.find(([pattern]) => pattern.test(repository));
  return own?.[1](tag) ?? webImageFiles(repository, tag);
}

/** php-fpm of distributions: a unix socket, save on Alpine. php8.2-fpm of Debian 12, https://pkgs.alpinelinux.org */
function phpFpmPackage(version: string, distribution: Distribution): ServerFiles {
  const pool = (listen: string) => `[www]\nlisten = ${listen}\n`;
  const folders: Readonly<Record<Distribution, readonly [string, string, string]>> = {
    debian: [`/etc/php/${version}/fpm`, 'pool.d', `/run/php/php${version}-fpm.sock`],
    alpine: [`/etc/php${version}`, 'php-fpm.d', '127.0.0.1:9000'],
    fedora: ['/etc', 'php-fpm.d', '/run/php-fpm/www.sock'],
  };
  const [folder, pools, listen] = folders[distribution];
  return {
    [`${folder}/php-fpm.conf`]: `[global]\ninclude=${folder}/${pools}/*.conf\n`,
    [`${folder}/${pools}/www.conf`]: pool(listen),
  };
}

/** The files that a package of a distribution installs. */
export function packageServerFiles(name: string, distribution: Distribution): ServerFiles {
  const fpm = /^php(\d[\d.]*)?-fpm$/.exec(name);
  if (fpm !== null)
    return fpm[1] === undefined && distribution !== 'fedora' ? {} : phpFpmPackage(fpm[1] ?? '', distribution);
  if (/^libapache2-mod-/.test(name)) return apacheDebian;
  const base =
    /^(nginx|apache2|httpd|lighttpd)(?:-(?:full|light|core|extras|mod.*|utils|tools|bin))?$/.exec(name)?.[1] ?? '';
  return Object.hasOwn(packages, base) ? (packages[base]?.[distribution] ?? {}) : {};
}
