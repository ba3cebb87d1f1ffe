// Programs of Ruby, PHP and nginx, where the machine has them.

import { imageOf, type KernelProgram } from '../program.ts';

function program(
  name: string,
  runtime: string,
  base: string,
  files: Readonly<Record<string, string>>,
  last: string,
  environment?: Readonly<Record<string, string>>,
): KernelProgram {
  return {
    name,
    runtime,
    files: { Dockerfile: imageOf(base, last), ...files },
    ...(environment && { environment }),
  };
}

const ruby = (name: string, text: string, environment?: Readonly<Record<string, string>>) =>
  program(
    name,
    'ruby',
    'ruby:3.4',
    { 'app.rb': `require 'socket'\n${text}loop { server.accept.close }\n` },
    'CMD ["ruby", "app.rb"]',
    environment,
  );

const php = (name: string, last: string, environment?: Readonly<Record<string, string>>) =>
  program(name, 'php', 'php:8.4-cli', { 'public/index.php': "<?php\necho 'ok';\n" }, last, environment);

const phpScript = (name: string, text: string) =>
  program(name, 'php', 'php:8.4-cli', { 'server.php': `<?php\n${text}` }, 'CMD ["php", "server.php"]');

const nginx = (name: string, servers: string) =>
  program(
    name,
    'nginx',
    'nginx:1.27',
    { 'nginx.conf': `events {}\nhttp {\n${servers}}\n` },
    'CMD ["nginx", "-c", "/srv/nginx.conf", "-g", "daemon off;"]',
  );

export const webServers: readonly KernelProgram[] = [
  ruby('TCPServer', 'server = TCPServer.new(5801)\n'),
  ruby('TCPServer on loopback', "server = TCPServer.new('127.0.0.1', 5802)\n"),
  ruby('a variable with a default', "server = TCPServer.new('0.0.0.0', ENV.fetch('PORT', 5803).to_i)\n"),
  ruby('the same variable, set by the task', "server = TCPServer.new('0.0.0.0', ENV.fetch('PORT', 5803).to_i)\n", {
    PORT: '6803',
  }),
  ruby('a constant', "PORT = (ENV['PORT'] || '5804').to_i\nserver = TCPServer.new('0.0.0.0', PORT)\n"),
  php('the built-in server', 'CMD ["php", "-S", "0.0.0.0:5811", "-t", "public"]'),
  php('the built-in server on loopback', 'CMD ["php", "-S", "127.0.0.1:5812", "-t", "public"]'),
  php('a shell form with a default', 'CMD php -S 0.0.0.0:${PORT:-5813} -t public', { PORT: '6813' }),
  phpScript(
    'stream_socket_server',
    "$server = stream_socket_server('tcp://0.0.0.0:5814');\nwhile (true) {\n    stream_socket_accept($server, -1);\n}\n",
  ),
  nginx('nginx', '  server {\n    listen 5821;\n  }\n'),
  nginx('nginx on loopback and everywhere', '  server {\n    listen 127.0.0.1:9822;\n    listen 5822;\n  }\n'),
  nginx('several servers of nginx', '  server {\n    listen 5823;\n  }\n  server {\n    listen [::]:5824;\n  }\n'),
];
