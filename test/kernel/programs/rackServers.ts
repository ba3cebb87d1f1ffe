// Web servers of Ruby with their defaults, flags and configuration.

import { imageOf, type KernelProgram } from '../program.ts';

type Files = KernelProgram['files'];
type Environment = Readonly<Record<string, string>>;

function program(
  runtime: string,
  name: string,
  command: string,
  files: Files,
  environment?: Environment,
): KernelProgram {
  return {
    name,
    runtime,
    files: { Dockerfile: imageOf('ruby:3.3', `CMD ${command}`), ...files },
    ...(environment && { environment }),
  };
}

const rack = "run ->(_env) { [200, { 'content-type' => 'text/plain' }, ['ok']] }\n";
const served = (runtime: string, name: string, command: string, files: Files = {}, environment?: Environment) =>
  program(runtime, name, command, { 'config.ru': rack, ...files }, environment);

export const rackServers: readonly KernelProgram[] = [
  program('ruby', 'un.rb', '["ruby", "-run", "-e", "httpd", "/srv", "-p", "5905"]', {}),
  served('puma', 'by default', '["puma"]'),
  served('puma', 'a port', '["puma", "-p", "5911"]'),
  served('puma', 'an address', '["puma", "-b", "tcp://127.0.0.1:5912"]'),
  served('puma', 'its configuration', '["puma", "-C", "config/puma.rb"]', {
    'config/puma.rb': "port ENV.fetch('PORT', 5913)\n",
  }),
  served(
    'puma',
    'its configuration of the environment',
    '["puma"]',
    {
      'config/puma.rb': 'port 9999\n',
      'config/puma/production.rb': 'port 5914\n',
    },
    { RACK_ENV: 'production' },
  ),
  served('puma', 'the control server', '["puma"]', {
    'config/puma.rb': "bind 'tcp://0.0.0.0:5915'\nactivate_control_app 'tcp://127.0.0.1:5916', { no_token: true }\n",
  }),
  served('puma', 'the control server by a flag', '["puma", "-p", "5917", "--control-url", "tcp://0.0.0.0:5918"]'),
  served('puma', 'flags beat the configuration', '["puma", "-p", "5919"]', { 'config/puma.rb': 'port 9999\n' }),
  served('rackup', 'in development', '["rackup"]'),
  served('rackup', 'in production', '["rackup"]', {}, { RACK_ENV: 'production' }),
  served('rackup', 'in production by a flag', '["rackup", "-E", "production"]'),
  served('rackup', 'an address', '["rackup", "-o", "0.0.0.0", "-p", "5921"]'),
  served('thin', 'by default', '["thin", "start"]'),
  served('thin', 'a port on loopback', '["thin", "start", "-a", "127.0.0.1", "-p", "5922"]'),
  served('unicorn', 'by default', '["unicorn"]'),
  served('unicorn', 'its configuration', '["unicorn", "-c", "unicorn.rb"]', {
    'unicorn.rb': "listen '127.0.0.1:5923'\n",
  }),
];
