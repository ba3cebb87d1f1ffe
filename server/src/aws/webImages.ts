// Images that bring a web server together with PHP or Python, and serve what is copied in without more configuration.
// Read in their own documentation and Dockerfiles (the `source` of each), November 2026.

import type { BaseImageFacts, Describe } from './baseImages.ts';

type WebImage = Omit<BaseImageFacts, 'tools' | 'bringsProgram'>;

const web =
  (image: WebImage): Describe =>
  () => ({ ...image, tools: {}, bringsProgram: true });

const webdevops = web({
  entrypoint: ['/entrypoint'],
  passesThrough: true,
  cmd: ['supervisord'],
  workingDirectory: '/',
  ports: [80, 443, 9000],
  source: 'https://github.com/webdevops/Dockerfile',
});

const bitnami = (name: string, variable: string, ...ports: readonly number[]): Describe =>
  web({
    entrypoint: [`/opt/bitnami/scripts/${name}/entrypoint.sh`],
    passesThrough: true,
    cmd: [`/opt/bitnami/scripts/${name}/run.sh`],
    ports,
    portVariable: variable,
    source: 'https://github.com/bitnami/containers',
  });

/** https://serversideup.net/open-source/docker-php/docs/reference/environment-variable-specification */
const serversideup: Describe = (tag) => {
  const isServer = /(?:nginx|apache|frankenphp|unit)/.test(tag);
  const isFpm = /fpm/.test(tag);
  return {
    entrypoint: ['docker-php-serversideup-entrypoint'],
    passesThrough: true,
    cmd: [isServer ? '/init' : isFpm ? 'php-fpm' : 'bash'],
    workingDirectory: '/var/www/html',
    ...(isServer ? { ports: [8080, 8443] } : isFpm ? { ports: [9000] } : {}),
    tools: {},
    bringsProgram: true,
    source: 'https://github.com/serversideup/docker-php',
  };
};

const trafex = web({
  cmd: ['/usr/bin/supervisord', '-c', '/etc/supervisor/conf.d/supervisord.conf'],
  workingDirectory: '/var/www/html',
  ports: [8080],
  source: 'https://github.com/TrafeX/docker-php-nginx',
});

/** https://github.com/tiangolo/uwsgi-nginx-docker */
const uwsgiNginx = web({
  entrypoint: ['/entrypoint.sh'],
  passesThrough: true,
  cmd: ['/start.sh'],
  workingDirectory: '/app',
  ports: [80],
  portVariable: 'LISTEN_PORT',
  source: 'https://github.com/tiangolo/uwsgi-nginx-docker',
});

const meinheld = web({
  entrypoint: ['/entrypoint.sh'],
  passesThrough: true,
  cmd: ['/start.sh'],
  workingDirectory: '/app',
  ports: [80],
  portVariable: 'PORT',
  source: 'https://github.com/tiangolo/meinheld-gunicorn-docker',
});

export const webImages: Readonly<Record<string, Describe>> = {
  'webdevops/php-nginx': webdevops,
  'webdevops/php-nginx-dev': webdevops,
  'webdevops/php-apache': webdevops,
  'webdevops/php-apache-dev': webdevops,
  'serversideup/php': serversideup,
  'richarvey/nginx-php-fpm': web({
    cmd: ['/start.sh'],
    workingDirectory: '/var/www/html',
    ports: [80],
    source: 'https://github.com/richarvey/nginx-php-fpm',
  }),
  'trafex/php-nginx': trafex,
  'trafex/alpine-nginx-php7': trafex,
  'tiangolo/uwsgi-nginx': uwsgiNginx,
  'tiangolo/uwsgi-nginx-flask': uwsgiNginx,
  'tiangolo/meinheld-gunicorn': meinheld,
  'tiangolo/meinheld-gunicorn-flask': meinheld,
  'bitnami/nginx': bitnami('nginx', 'NGINX_HTTP_PORT_NUMBER', 8080, 8443),
  'bitnami/apache': bitnami('apache', 'APACHE_HTTP_PORT_NUMBER', 8080, 8443),
  'bitnami/wordpress': bitnami('wordpress', 'APACHE_HTTP_PORT_NUMBER', 8080, 8443),
  'bitnami/php-fpm': web({
    cmd: ['php-fpm', '-F', '--pid', '/opt/bitnami/php/tmp/php-fpm.pid', '-y', '/opt/bitnami/php/etc/php-fpm.conf'],
    workingDirectory: '/app',
    ports: [9000],
    source: 'https://github.com/bitnami/containers',
  }),
  'dunglas/frankenphp': web({
    entrypoint: ['docker-php-entrypoint'],
    passesThrough: true,
    cmd: ['frankenphp', 'run', '--config', '/etc/frankenphp/Caddyfile', '--adapter', 'caddyfile'],
    workingDirectory: '/app',
    source: 'https://github.com/php/frankenphp',
  }),
  traefik: web({
    entrypoint: ['/entrypoint.sh'],
    passesThrough: true,
    cmd: ['traefik'],
    source: 'https://github.com/traefik/traefik-library-image',
  }),
  'envoyproxy/envoy': web({
    entrypoint: ['/docker-entrypoint.sh'],
    passesThrough: true,
    cmd: ['envoy', '-c', '/etc/envoy/envoy.yaml'],
    source: 'https://github.com/envoyproxy/envoy/tree/main/distribution/docker',
  }),
  'joseluisq/static-web-server': web({
    entrypoint: ['/entrypoint.sh'],
    passesThrough: true,
    cmd: ['static-web-server'],
    ports: [80],
    source: 'https://github.com/static-web-server/static-web-server',
  }),
};
