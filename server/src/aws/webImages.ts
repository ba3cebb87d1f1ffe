// Images that bring a web server together with PHP or Python, and serve what is copied in without more configuration.
// Read in their own documentation and Dockerfiles (the `source` of each), November 2026.

import type { BaseImageFacts, Describe } from './baseImages.ts';

type WebImage = Omit<BaseImageFacts, 'tools' | 'bringsProgram'>;

const web =
  (image: WebImage): Describe =>
  () => ({ ...image, tools: {}, bringsProgram: true });

const supervised = (source: string): Describe =>
  web({
    cmd: ['/usr/bin/supervisord', '-c', '/etc/supervisor/conf.d/supervisord.conf'],
    workingDirectory: '/var/www/html',
    source,
  });

const webdevops = web({
  entrypoint: ['/entrypoint'],
  passesThrough: true,
  cmd: ['supervisord'],
  workingDirectory: '/',
  source: 'https://github.com/webdevops/Dockerfile',
});

/** Its start script takes these files of the application in the place of its own. */
const richarvey = web({
  cmd: ['/start.sh'],
  starts: [
    [
      'sh',
      '-c',
      'cp /var/www/html/conf/nginx/nginx.conf /etc/nginx/nginx.conf; ' +
        'cp /var/www/html/conf/nginx/nginx-site.conf /etc/nginx/sites-available/default.conf; ' +
        'exec supervisord -n -c /etc/supervisord.conf',
    ],
  ],
  workingDirectory: '/var/www/html',
  source: 'https://github.com/richarvey/nginx-php-fpm',
});

const bitnami = (name: string, variable: string, undecidedBy: readonly string[]): Describe =>
  web({
    entrypoint: [`/opt/bitnami/scripts/${name}/entrypoint.sh`],
    passesThrough: true,
    cmd: [`/opt/bitnami/scripts/${name}/run.sh`],
    ports: [8080, 8443],
    portVariable: variable,
    undecidedBy,
    source: 'https://github.com/bitnami/containers',
  });

/** https://serversideup.net/open-source/docker-php/docs/reference/environment-variable-specification */
const serversideup: Describe = (tag) => {
  const image = {
    entrypoint: ['docker-php-serversideup-entrypoint'],
    passesThrough: true,
    workingDirectory: '/var/www/html',
    tools: {},
    bringsProgram: true,
    source: 'https://github.com/serversideup/docker-php',
  };
  if (/nginx|apache/.test(tag)) {
    const server = /nginx/.test(tag) ? ['nginx', '-g', 'daemon off;'] : ['apache2ctl', '-D', 'FOREGROUND'];
    const undecidedBy = ['DISABLE_DEFAULT_CONFIG', ...(/nginx/.test(tag) ? ['SSL_MODE'] : [])];
    return { ...image, cmd: ['/init'], starts: [server, ['php-fpm']], undecidedBy };
  }
  if (/frankenphp/.test(tag)) {
    const cmd = ['frankenphp', 'run', '--config', '/etc/frankenphp/Caddyfile', '--adapter', 'caddyfile'];
    return { ...image, cmd };
  }
  return { ...image, cmd: [/fpm/.test(tag) ? 'php-fpm' : 'bash'] };
};

/** A configuration of the application's own takes the place of the one that is made. */
const uwsgiNginx = web({
  entrypoint: ['/entrypoint.sh'],
  passesThrough: true,
  cmd: ['/start.sh'],
  starts: [['sh', '-c', 'cp /app/nginx.conf /etc/nginx/nginx.conf; exec nginx']],
  workingDirectory: '/app',
  source: 'https://github.com/tiangolo/uwsgi-nginx-docker',
});

const meinheld = web({
  entrypoint: ['/entrypoint.sh'],
  passesThrough: true,
  cmd: ['/start.sh'],
  workingDirectory: '/app',
  ports: [80],
  source: 'https://github.com/tiangolo/meinheld-gunicorn-docker',
});

const unit = web({
  entrypoint: ['/usr/local/bin/docker-entrypoint.sh'],
  passesThrough: true,
  cmd: ['unitd', '--no-daemon', '--control', 'unix:/var/run/control.unit.sock'],
  source: 'https://github.com/nginx/unit/tree/master/pkg/docker',
});

export const webImages: Readonly<Record<string, Describe>> = {
  'webdevops/php-nginx': webdevops,
  'webdevops/php-nginx-dev': webdevops,
  'webdevops/php-apache': webdevops,
  'webdevops/php-apache-dev': webdevops,
  'serversideup/php': serversideup,
  'richarvey/nginx-php-fpm': richarvey,
  'trafex/php-nginx': supervised('https://github.com/TrafeX/docker-php-nginx'),
  'trafex/alpine-nginx-php7': supervised('https://github.com/TrafeX/docker-php-nginx'),
  'tiangolo/uwsgi-nginx': uwsgiNginx,
  'tiangolo/uwsgi-nginx-flask': uwsgiNginx,
  'tiangolo/meinheld-gunicorn': meinheld,
  'tiangolo/meinheld-gunicorn-flask': meinheld,
  'bitnami/nginx': web({
    entrypoint: ['/opt/bitnami/scripts/nginx/entrypoint.sh'],
    passesThrough: true,
    cmd: ['/opt/bitnami/scripts/nginx/run.sh'],
    starts: [['nginx', '-c', '/opt/bitnami/nginx/conf/nginx.conf']],
    undecidedBy: ['NGINX_HTTPS_PORT_NUMBER'],
    workingDirectory: '/app',
    source: 'https://github.com/bitnami/containers',
  }),
  'bitnami/apache': bitnami('apache', 'APACHE_HTTP_PORT_NUMBER', ['APACHE_HTTPS_PORT_NUMBER']),
  'bitnami/wordpress': bitnami('wordpress', 'APACHE_HTTP_PORT_NUMBER', [
    'APACHE_HTTPS_PORT_NUMBER',
    'WORDPRESS_ENABLE_HTTPS',
  ]),
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
  unit,
  'nginx/unit': unit,
  'vllm/vllm-openai': web({
    entrypoint: ['vllm', 'serve'],
    source: 'https://docs.vllm.ai/en/latest/deployment/docker/',
  }),
  'ghcr.io/huggingface/text-generation-inference': web({
    entrypoint: ['text-generation-launcher'],
    environment: { PORT: '80' },
    source: 'https://github.com/huggingface/text-generation-inference/blob/main/Dockerfile',
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
  // https://github.com/static-web-server/static-web-server/pull/733
  'joseluisq/static-web-server': (tag) => ({
    entrypoint: ['/entrypoint.sh'],
    passesThrough: true,
    cmd: ['static-web-server'],
    ports: [/^v?3\b/.test(tag) ? 8080 : 80],
    tools: {},
    bringsProgram: true,
    source: 'https://github.com/static-web-server/static-web-server',
  }),
};
