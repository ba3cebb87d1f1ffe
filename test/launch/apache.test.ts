// What Apache listens on: its images' own files, copied and rewritten configuration.

import { test } from 'node:test';
import { assertRows } from './rows.ts';

const php = (rest: string) => `FROM php:8.3-apache\n${rest}\n`;

test('Apache', () =>
  assertRows([
    {
      name: 'the official image',
      files: { Dockerfile: 'FROM httpd:2.4\nCOPY . /usr/local/apache2/htdocs/\n' },
      listens: '80',
    },
    {
      name: 'PHP with Apache',
      files: { Dockerfile: php('COPY . /var/www/html') },
      listens: '80',
      steps: ['Listen 80'],
    },
    {
      name: 'ports.conf edited',
      files: {
        Dockerfile: php("RUN sed -i 's/80/8080/g' /etc/apache2/ports.conf /etc/apache2/sites-available/*.conf"),
      },
      listens: '8080',
      at: 'Dockerfile:8080',
    },
    {
      name: 'ports.conf edited by an entry script under PORT',
      files: {
        Dockerfile: php('COPY run.sh /usr/local/bin/\nCMD ["run.sh"]'),
        'run.sh':
          '#!/bin/bash\nset -e\nsed -i "s/Listen 80/Listen ${PORT:-8081}/" /etc/apache2/ports.conf\nexec apache2-foreground\n',
      },
      listens: '8081',
      at: 'run.sh:8081',
    },
    {
      name: 'ports.conf written',
      files: { Dockerfile: php('RUN echo "Listen 8082" > /etc/apache2/ports.conf') },
      listens: '8082',
    },
    {
      name: 'a second port is appended',
      files: { Dockerfile: php('RUN echo "Listen 8083" >> /etc/apache2/ports.conf') },
      listens: '80 8083',
    },
    {
      name: 'a copied ports.conf with a variable of the environment',
      files: {
        Dockerfile: php('ENV APACHE_PORT=8084\nCOPY docker/ports.conf /etc/apache2/ports.conf'),
        'docker/ports.conf': '# Listen 80\nListen ${APACHE_PORT}\n<IfModule ssl_module>\n  Listen 443\n</IfModule>\n',
      },
      listens: '8084',
      at: 'Dockerfile:8084',
    },
    {
      name: 'TLS is enabled',
      files: { Dockerfile: php('RUN a2enmod ssl rewrite') },
      listens: '80 443',
    },
    {
      name: 'a Listen in a site',
      files: {
        Dockerfile: php(
          'COPY site.conf /etc/apache2/sites-available/000-default.conf\nCOPY site.conf /etc/apache2/sites-enabled/000-default.conf',
        ),
        'site.conf': 'Listen 9000\n<VirtualHost *:9000>\n</VirtualHost>\n',
      },
      listens: '80 9000',
    },
    {
      name: 'a whole httpd.conf',
      files: {
        Dockerfile: 'FROM httpd:2.4-alpine\nCOPY httpd.conf /usr/local/apache2/conf/httpd.conf\n',
        'httpd.conf': 'ServerRoot "/usr/local/apache2"\nDefine PORT 3000\nListen 0.0.0.0:${PORT}\n',
      },
      listens: '3000',
    },
    {
      name: "Debian's package",
      files: {
        Dockerfile:
          'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y apache2 php\nCMD ["apachectl", "-D", "FOREGROUND"]\n',
      },
      listens: '80',
    },
    {
      name: "Amazon Linux's package",
      files: {
        Dockerfile: 'FROM amazonlinux:2023\nRUN dnf install -y httpd\nCMD ["/usr/sbin/httpd", "-D", "FOREGROUND"]\n',
      },
      listens: '80',
    },
    {
      name: 'a template that something unseen fills in',
      files: {
        Dockerfile: php('COPY ports.conf /etc/apache2/ports.conf'),
        'ports.conf': 'Listen ${WEB_PORT}\n',
      },
      listens: /^unknown: `Listen \$\{WEB_PORT\}` of Apache names no port/,
    },
  ]));
