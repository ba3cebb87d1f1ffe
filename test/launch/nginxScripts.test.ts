// Commands of builds and entry scripts that write nginx's configuration before nginx reads it.

import { test } from 'node:test';
import { assertRows } from './rows.ts';

const site = (listen: string) => `server {\n  ${listen}\n  location / { proxy_pass http://localhost:3000; }\n}\n`;
const image = (rest: string, from = 'nginx:1.27-alpine') => `FROM ${from}\n${rest}\n`;

test('commands that rewrite the configuration', () =>
  assertRows([
    {
      name: 'sed in a RUN line',
      files: { Dockerfile: image("RUN sed -i 's/80/8080/g' /etc/nginx/conf.d/default.conf") },
      listens: '8080',
      at: 'Dockerfile:8080',
    },
    {
      name: 'sed with a pattern and a variable',
      files: {
        Dockerfile: image('ENV PORT=8088\nRUN sed -i -E "s/listen +80;/listen ${PORT};/" /etc/nginx/conf.d/*.conf'),
      },
      listens: '8088',
    },
    {
      name: 'sed that fits nothing',
      files: { Dockerfile: image("RUN sed -i 's/listen 8000/listen 8080/' /etc/nginx/conf.d/default.conf") },
      listens: '80',
    },
    {
      name: 'sed that deletes lines',
      files: {
        Dockerfile: image(
          "COPY a.conf /etc/nginx/conf.d/default.conf\nRUN sed -i '/443/d' /etc/nginx/conf.d/default.conf",
        ),
        'a.conf': 'server {\n listen 81;\n listen 443 ssl;\n}\n',
      },
      listens: '81',
    },
    {
      name: 'a sed program that is not followed',
      files: { Dockerfile: image("RUN sed -i 'N;s/a/b/' /etc/nginx/conf.d/default.conf") },
      listens: /^unknown: `sed -i 'N;s\/a\/b\/' .* rewrites it/,
    },
    {
      name: 'sed in an entry script with PORT of the task',
      files: {
        Dockerfile: image('COPY start.sh /start.sh\nCOPY a.conf /etc/nginx/conf.d/default.conf\nCMD ["/start.sh"]'),
        'a.conf': site('listen __PORT__;'),
        'start.sh':
          '#!/bin/sh\nsed -i "s/__PORT__/$PORT/" /etc/nginx/conf.d/default.conf\nexec nginx -g "daemon off;"\n',
      },
      task: { environment: [{ name: 'PORT', value: '7070' }] },
      listens: '7070',
      at: 'task.json:7070',
    },
    {
      name: 'the same without PORT',
      files: {
        Dockerfile: image('COPY start.sh /start.sh\nCOPY a.conf /etc/nginx/conf.d/default.conf\nCMD ["/start.sh"]'),
        'a.conf': site('listen __PORT__;'),
        'start.sh':
          '#!/bin/sh\nsed -i "s/__PORT__/$PORT/" /etc/nginx/conf.d/default.conf\nexec nginx -g "daemon off;"\n',
      },
      listens: /^unknown: .*PORT/,
    },
    {
      name: 'envsubst in CMD',
      files: {
        Dockerfile: image(
          "COPY nginx.conf.tmpl /tmp/n.tmpl\nENV PORT=8123\nCMD sh -c \"envsubst '\\$PORT' < /tmp/n.tmpl > /etc/nginx/conf.d/default.conf && exec nginx -g 'daemon off;'\"",
        ),
        'nginx.conf.tmpl': site('listen $PORT;\n  proxy_set_header Host $host;'),
      },
      listens: '8123',
    },
    {
      name: 'envsubst through a pipe',
      files: {
        Dockerfile: image(
          'COPY . /conf\nENV PORT=8124\nCMD cat /conf/n.template | envsubst > /etc/nginx/nginx.conf; nginx',
        ),
        'n.template': 'http { server { listen ${PORT}; } }',
      },
      listens: '8124',
    },
    {
      name: 'a file that is emptied before it is read',
      files: {
        Dockerfile: image('RUN envsubst < /etc/nginx/conf.d/default.conf > /etc/nginx/conf.d/default.conf'),
      },
      listens: /^unknown: no server of nginx's configuration/,
    },
    {
      name: 'a line for the home folder',
      files: { Dockerfile: image(`RUN echo 'alias ll="ls -l"' >> ~/.bashrc`) },
      listens: '80',
    },
    {
      name: 'a heredoc in RUN',
      files: {
        Dockerfile: image('RUN printf "server { listen 8200; }" > /etc/nginx/conf.d/default.conf'),
      },
      listens: '8200',
    },
    {
      name: 'echo over several lines',
      files: {
        Dockerfile: image(
          "RUN echo 'server { \\\n  listen 8201; \\\n  root /a; \\\n}' > /etc/nginx/conf.d/default.conf",
        ),
      },
      listens: '8201',
    },
    {
      name: 'a heredoc of COPY',
      files: {
        Dockerfile: image(
          'COPY <<EOF /etc/nginx/conf.d/default.conf\nserver {\n  listen 8301;\n  location / { proxy_pass http://$host; }\n}\nEOF',
        ),
      },
      listens: '8301',
      at: 'Dockerfile:8301',
    },
    {
      name: 'heredocs of COPY into a folder, one with a variable, one quoted',
      files: {
        Dockerfile: image(
          'ENV PORT=8302\nRUN rm /etc/nginx/conf.d/*\nCOPY <<a.conf <<-"b.conf" /etc/nginx/conf.d/\nserver { listen $PORT; }\na.conf\nserver {\n\tlisten 8303;\n}\n\tb.conf\nEXPOSE 80',
        ),
      },
      listens: '8302 8303',
      at: 'Dockerfile:8302',
    },
    {
      name: 'a heredoc of COPY with a variable that the build gives',
      files: {
        Dockerfile: image('ARG PORT\nCOPY <<EOF /etc/nginx/conf.d/default.conf\nserver { listen ${PORT}; }\nEOF'),
      },
      listens: /^unknown: .*PORT in it is not decided/,
    },
    {
      name: 'an entry script that stands in the Dockerfile',
      files: {
        Dockerfile: image(
          'COPY --chmod=755 <<\'EOF\' /start.sh\n#!/bin/sh\nsed -i "s/80;/${PORT:-8304};/" /etc/nginx/conf.d/default.conf\nexec nginx -g \'daemon off;\'\nEOF\nENTRYPOINT ["/start.sh"]',
        ),
      },
      task: { environment: [{ name: 'PORT', value: '8305' }] },
      listens: '8305',
      at: 'task.json:8305',
    },
    {
      name: 'an entry script that a RUN line writes',
      files: {
        Dockerfile: image(
          'RUN printf \'#!/bin/sh\\nsed -i s/80/8306/ /etc/nginx/conf.d/default.conf\\nexec nginx\\n\' > /entry.sh && chmod +x /entry.sh\nCMD ["sh", "/entry.sh"]',
        ),
      },
      listens: '8306',
    },
    {
      name: 'a script that runs before the server',
      files: {
        Dockerfile: image('COPY . /\nENTRYPOINT ["/start.sh"]'),
        'start.sh': '#!/bin/sh\nset -e\n./configure.sh "${PORT:-8307}"\nsh -e /second.sh\nnginx -g "daemon off;"\n',
        'configure.sh': '#!/bin/sh\nsed -i "s/80;/$1;/" /etc/nginx/conf.d/default.conf\n',
        'second.sh': 'echo "server { listen 8308; }" > /etc/nginx/conf.d/b.conf\n',
      },
      listens: '8308 8307',
    },
    {
      name: 'a script that may edit before the server',
      files: {
        Dockerfile: image('COPY . /\nENTRYPOINT ["/start.sh"]'),
        'start.sh': '#!/bin/sh\n./configure.sh\nexec nginx -g "daemon off;"\n',
        'configure.sh': 'if grep -q x /etc/y; then\n  sed -i "s/80;/81;/" /etc/nginx/conf.d/default.conf\nfi\n',
      },
      listens: /^unknown: .*may rewrite it/,
    },
    {
      name: 'a script that calls itself',
      files: {
        Dockerfile: image('COPY . /\nENTRYPOINT ["/start.sh"]'),
        'start.sh': '#!/bin/sh\n./start.sh\nexec nginx -g "daemon off;"\n',
      },
      listens: '80',
    },
    {
      name: 'a heredoc in an entry script',
      files: {
        Dockerfile: image('COPY start.sh /start.sh\nENTRYPOINT ["/start.sh"]'),
        'start.sh':
          '#!/bin/sh\ncat > /etc/nginx/conf.d/default.conf <<EOF\nserver {\n listen ${PORT:-8300};\n}\nEOF\nnginx -g "daemon off;"\n',
      },
      listens: '8300',
    },
    {
      name: 'an unknown program writes it',
      files: { Dockerfile: image('CMD gomplate -f /t -o /etc/nginx/conf.d/default.conf && nginx -g "daemon off;"') },
      listens: /^unknown: .*gomplate/,
    },
    {
      name: 'moved and linked',
      files: {
        Dockerfile: `FROM debian:12\nRUN apt-get update && apt-get install -y nginx && rm /etc/nginx/sites-enabled/default\nCOPY app.conf /etc/nginx/sites-available/app\nRUN ln -s /etc/nginx/sites-available/app /etc/nginx/sites-enabled/\nCMD ["nginx", "-g", "daemon off;"]\n`,
        'app.conf': site('listen 8400;'),
      },
      listens: '8400',
    },
  ]));

test('scripts of /docker-entrypoint.d', () =>
  assertRows([
    {
      name: 'one that edits the default site',
      files: {
        Dockerfile: image('COPY 40-port.sh /docker-entrypoint.d/'),
        '40-port.sh': '#!/bin/sh\nsed -i "s/80;/${PORT:-8600};/" /etc/nginx/conf.d/default.conf\n',
      },
      listens: '8600',
    },
    {
      name: 'one that does something else',
      files: {
        Dockerfile: image('COPY env.sh /docker-entrypoint.d/env.sh'),
        'env.sh': '#!/bin/sh\necho "window.API=\\"$API\\"" > /usr/share/nginx/html/env.js\n',
      },
      listens: '80',
    },
    {
      name: 'an ENTRYPOINT of its own runs none',
      files: {
        Dockerfile: image('COPY 40-port.sh /docker-entrypoint.d/\nENTRYPOINT ["nginx", "-g", "daemon off;"]'),
        '40-port.sh': '#!/bin/sh\nsed -i "s/80;/8600;/" /etc/nginx/conf.d/default.conf\n',
      },
      listens: '80',
    },
  ]));
