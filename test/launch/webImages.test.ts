// Images that bring a web server together with PHP or Python.

import { test } from 'node:test';
import { assertRows } from './rows.ts';

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
