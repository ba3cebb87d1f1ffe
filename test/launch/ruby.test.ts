// What Ruby servers and programs listen on: Rails, Puma, rackup, Sinatra and their like.

import { test } from 'node:test';
import type { Workspace } from './helper.ts';
import type { Row } from './rows.ts';
import { assertRows, dockerfile } from './rows.ts';

type Line = readonly [name: string, files: Workspace, listens: Row['listens'], more?: Partial<Row>];

function rows(table: readonly Line[]) {
  return assertRows(table.map(([name, files, listens, more]) => ({ name, files, listens, ...more })));
}

const image = (rest: string) => dockerfile('ruby:3.3-slim', rest);
const app = (command: string, files: Workspace = {}): Workspace => ({
  Dockerfile: image(command),
  'config.ru': "require_relative 'config/environment'\nrun Rails.application\n",
  ...files,
});
const pumaRb = `max_threads_count = ENV.fetch("RAILS_MAX_THREADS") { 5 }
threads max_threads_count, max_threads_count
port ENV.fetch("PORT") { 3000 }
environment ENV.fetch("RAILS_ENV") { "development" }
pidfile ENV["PIDFILE"] if ENV["PIDFILE"]
plugin :tmp_restart
`;
const withPuma = { 'config/puma.rb': pumaRb };

test('rails server', () =>
  rows([
    ['in development it binds localhost', app('CMD ["bin/rails", "server"]', withPuma), 'localhost:3000'],
    [
      'in production every interface',
      app('ENV RAILS_ENV=production\nCMD ["bin/rails", "server"]', withPuma),
      '3000',
      { at: 'config/puma.rb:3000' },
    ],
    ['-b', app('CMD ["rails", "s", "-b", "0.0.0.0"]', withPuma), '3000'],
    [
      '-p',
      app('CMD ["bundle", "exec", "rails", "server", "-b", "0.0.0.0", "-p", "8080"]'),
      '8080',
      { at: 'Dockerfile:8080' },
    ],
    [
      'PORT',
      app('ENV RAILS_ENV=production PORT=8081\nCMD ["bin/rails", "server"]', withPuma),
      '8081',
      { at: 'Dockerfile:8081' },
    ],
    ['BINDING', app('ENV BINDING=0.0.0.0\nCMD rails s', withPuma), '3000'],
    ['the script by its path', app('CMD ["ruby", "bin/rails", "s", "-b", "0.0.0.0"]'), '3000'],
    [
      'another port of its configuration',
      app('ENV RAILS_ENV=production\nCMD ["rails", "s"]', { 'config/puma.rb': 'port 4000\n' }),
      '4000',
      { at: 'config/puma.rb:4000' },
    ],
    [
      'a socket',
      app('ENV RAILS_ENV=production\nCMD ["rails", "s"]', {
        'config/puma.rb': 'bind "unix://#{Dir.pwd}/tmp/puma.sock"\n',
      }),
      'none',
    ],
    ['without a configuration', app('ENV RACK_ENV=staging\nCMD ["rails", "s"]'), '3000'],
    ['the console and tasks', app('CMD ["bin/rails", "db:migrate"]'), 'none'],
    ['anything else', app('CMD ["bin/rails", "shop:serve"]'), /^unknown: what `rails shop:serve` runs/],
    [
      'the entry script of new applications',
      app('ENV RAILS_ENV=production\nENTRYPOINT ["/app/bin/docker-entrypoint"]\nCMD ["./bin/rails", "server"]', {
        ...withPuma,
        'bin/docker-entrypoint':
          '#!/bin/bash -e\n\n# If running the rails server then create or migrate existing database\nif [ "${@: -2:1}" == "./bin/rails" ] && [ "${@: -1:1}" == "server" ]; then\n  ./bin/rails db:prepare\nfi\n\nexec "${@}"\n',
        'bin/rails':
          '#!/usr/bin/env ruby\nAPP_PATH = File.expand_path("../config/application", __dir__)\nrequire "rails/commands"\n',
      }),
      '3000',
    ],
    [
      'an entry script that removes the process file',
      app(
        'ENV RAILS_ENV=production\nENTRYPOINT ["entrypoint.sh"]\nCMD ["rails", "server", "-b", "0.0.0.0"]\nCOPY entrypoint.sh /usr/bin/',
        {
          ...withPuma,
          'entrypoint.sh':
            '#!/bin/bash\nset -e\nrm -f /app/tmp/pids/server.pid\nbundle exec rake db:migrate\nexec "$@"\n',
        },
      ),
      '3000',
    ],
    [
      'Thruster in front',
      app('ENV RAILS_ENV=production\nCMD ["./bin/thrust", "./bin/rails", "server"]', withPuma),
      '3000 80',
    ],
    [
      'Thruster on another port',
      app(
        'ENV RAILS_ENV=production HTTP_PORT=8080 TARGET_PORT=3001\nCMD ["./bin/thrust", "./bin/rails", "server"]',
        withPuma,
      ),
      '3001 8080',
    ],
  ]));

test('puma', () =>
  rows([
    ['its default', app('CMD ["bundle", "exec", "puma"]'), '9292'],
    ['exec in short', app('CMD ["bundle", "ex", "puma", "-p", "3001"]'), '3001'],
    [
      'its configuration',
      app('CMD ["bundle", "exec", "puma", "-C", "config/puma.rb"]', withPuma),
      '3000',
      { at: 'config/puma.rb:3000', steps: ['port ENV.fetch("PORT", 3000)'] },
    ],
    ['the configuration it finds itself', app('CMD puma', withPuma), '3000'],
    [
      'the one of its environment',
      app('ENV RAILS_ENV=production\nCMD puma', {
        ...withPuma,
        'config/puma/production.rb': 'bind "tcp://0.0.0.0:8080"',
      }),
      '8080',
      { at: 'config/puma/production.rb:8080' },
    ],
    ['no configuration', app('CMD puma -C -', withPuma), '9292'],
    ['flags replace what the configuration binds', app('CMD puma -p 5000', withPuma), '5000'],
    ['-b', app('CMD ["puma", "-b", "tcp://127.0.0.1:5001"]', withPuma), '127.0.0.1:5001'],
    [
      'a text with a variable',
      app('ENV PORT=7000\nCMD puma', { 'config/puma.rb': `bind "tcp://0.0.0.0:#{ENV.fetch('PORT', 3000)}"` }),
      '7000',
      { at: 'Dockerfile:7000' },
    ],
    [
      'a condition that holds',
      app('ENV RACK_ENV=production\nCMD puma', {
        'config/puma.rb': 'if ENV["RACK_ENV"] == "production"\n  bind "unix:///tmp/a.sock"\nelse\n  port 3000\nend',
      }),
      'none',
    ],
    [
      'and that does not',
      app('CMD puma', {
        'config/puma.rb': 'if ENV["RACK_ENV"] == "production"\n  bind "unix:///tmp/a.sock"\nelse\n  port 3000\nend',
      }),
      '3000',
    ],
    [
      'a condition that is open',
      app('CMD puma', { 'config/puma.rb': 'port 3000 if File.exist?("x")' }),
      /^unknown: whether config\/puma\.rb binds/,
    ],
    [
      'a variable of the file',
      app('CMD puma', { 'config/puma.rb': 'app_port = Integer(ENV["PORT"] || 5005)\nport app_port' }),
      '5005',
    ],
    ['a port and a host', app('CMD puma', { 'config/puma.rb': "port 5006, '127.0.0.1'" }), '127.0.0.1:5006'],
    [
      'several',
      app('CMD puma', {
        'config/puma.rb': "bind 'tcp://0.0.0.0:5007'\nssl_bind '0.0.0.0', '5008', key: 'k', cert: 'c'",
      }),
      '5007 5008',
    ],
    [
      'a secret',
      app('CMD puma', withPuma),
      /^unknown: .*secret/,
      { task: { secrets: [{ name: 'PORT', valueFrom: 'arn:x' }] } },
    ],
    [
      'a file that is not there',
      app('CMD puma -C config/other.rb', withPuma),
      /^unknown: puma's configuration config\/other\.rb is not among/,
    ],
  ]));

test('rackup and other servers', () =>
  rows([
    ['rackup', app('CMD ["bundle", "exec", "rackup"]'), 'localhost:9292'],
    ['in production', app('ENV RACK_ENV=production\nCMD rackup'), '9292'],
    ['with flags', app('CMD ["bundle", "exec", "rackup", "app/config.ru", "-o", "0.0.0.0", "-p", "8080"]'), '8080'],
    ['long flags', app('CMD rackup --host 0.0.0.0 --port=4567'), '4567'],
    [
      'options in config.ru',
      app('CMD rackup', { 'config.ru': '#\\ -p 80\nrun App\n' }),
      /^unknown: the options in config\.ru/,
    ],
    ['unicorn', app('CMD ["bundle", "exec", "unicorn"]'), '8080'],
    [
      'unicorn with a configuration',
      app('CMD unicorn -c config/unicorn.rb', {
        'config/unicorn.rb': 'worker_processes 2\nlisten ENV.fetch("PORT", 3000).to_i, backlog: 64\n',
      }),
      '3000',
      { at: 'config/unicorn.rb:3000' },
    ],
    [
      'unicorn on a socket',
      app('CMD unicorn -c config/unicorn.rb', {
        'config/unicorn.rb':
          'app_dir = File.expand_path("../..", __FILE__)\nlisten "#{app_dir}/shared/unicorn.sock", backlog: 64\n',
      }),
      'none',
    ],
    ['unicorn with a flag', app('CMD unicorn -p 4000'), '4000'],
    ['thin', app('CMD thin start -p 4001'), '4001'],
    ['falcon', app('CMD ["falcon", "serve", "-b", "http://0.0.0.0:4002"]'), '4002'],
    ['falcon, the port overridden', app('CMD falcon serve -b http://0.0.0.0 -p 4003 --hostname example.com'), '4003'],
    ['falcon by default', app('CMD falcon serve --hostname example.com'), 'localhost:9292'],
    [
      'falcon host',
      app('CMD ["falcon", "host"]', {
        'falcon.rb':
          'service "shop" do\n  include Falcon::Environment::Rack\n  endpoint Async::HTTP::Endpoint.parse("http://0.0.0.0:4004")\nend\n',
      }),
      '4004',
    ],
    ['falcon host without its file', app('CMD ["falcon", "host"]'), /^unknown: falcon's falcon.rb/],
    ['Hanami', app('CMD bundle exec hanami server', { 'config/puma.rb': 'port 4005\n' }), '2300'],
    ['Hanami under HANAMI_PORT', app('ENV HANAMI_PORT=4006\nCMD hanami server'), '4006'],
    [
      'the control server of puma',
      app('CMD puma', {
        'config/puma.rb': "port 4007\nactivate_control_app 'tcp://0.0.0.0:4008', { no_token: true }\n",
      }),
      '4007 4008',
    ],
    [
      'the control server of puma by a flag',
      app('CMD puma -p 4009 --control-url tcp://127.0.0.1:4010'),
      '4009 127.0.0.1:4010',
    ],
    ['the control server of puma on a socket', app('CMD puma', { 'config/puma.rb': 'activate_control_app\n' }), '9292'],
    [
      'Rails under HOST, which makes it hand its own port over',
      app('ENV RAILS_ENV=production HOST=shop.example.com\nCMD rails s', { 'config/puma.rb': 'port 4011\n' }),
      '3000',
    ],
    [
      'a script that starts Rails in the end',
      app('ENTRYPOINT bin/start', {
        'bin/start':
          '#!/usr/bin/env ruby\ndef system!(*args)\n  system(*args) || abort\nend\nDir.chdir("/app") do\n  system! "bin/rails db:migrate"\n  system! "bin/rails server -e production -p 4012"\nend\n',
      }),
      '4012',
    ],
    [
      'a script that hands on to the command',
      app('ENTRYPOINT ["bin/entry"]\nCMD ["puma", "-p", "4014"]', {
        'bin/entry': '#! /usr/bin/env ruby\nsystem "bin/rails db:migrate" if ENV["SETUP"] == "true"\nexec(*ARGV)\n',
      }),
      '4014',
    ],
    [
      'a script that starts what it computes',
      app('CMD ruby start.rb', { 'start.rb': 'command = File.read("command.txt")\nsystem command\n' }),
      /^unknown: what start.rb starts is computed/,
    ],
    ['a script that replaces itself', app('CMD ruby start.rb', { 'start.rb': "exec 'puma', '-p', '4013'\n" }), '4013'],
    [
      'Rails with an address, in an environment that the build gives',
      app('ARG RAILS_ENV\nENV RAILS_ENV=$RAILS_ENV\nCMD rails server -b 0.0.0.0'),
      '3000',
    ],
    [
      'Rails in an environment that the build gives',
      app('ARG RAILS_ENV\nENV RAILS_ENV=$RAILS_ENV\nCMD rails server'),
      /^unknown: the environment that rails runs in is open/,
    ],
    ['Passenger', app('CMD bundle exec passenger start'), '3000'],
    ['workers', app('CMD ["bundle", "exec", "sidekiq", "-C", "config/sidekiq.yml"]'), 'none'],
    ['tasks', app('CMD bundle exec rake resque:work'), 'none'],
  ]));

const classic = "require 'sinatra'\nget('/') { 'ok' }\n";
const run = (script: string, rest = ''): Workspace => ({
  Dockerfile: image(`${rest}CMD ["ruby", "app.rb"]`),
  'app.rb': script,
});

test('Sinatra', () =>
  rows([
    ['in development it binds localhost', run(classic), 'localhost:4567'],
    ['in production every interface', run(classic, 'ENV APP_ENV=production\n'), '4567'],
    ['settings', run(`${classic}set :bind, '0.0.0.0'\nset :port, 8080\n`), '8080', { at: 'app.rb:8080' }],
    ['settings in one call', run(`${classic}set bind: '0.0.0.0', port: 8081\n`), '8081'],
    ['PORT without code', run(classic, 'ENV RACK_ENV=production PORT=9000\n'), '9000', { at: 'Dockerfile:9000' }],
    ['a default in code', run(`${classic}set :bind, '0.0.0.0'\nset :port, ENV['PORT'] || 8082\n`), '8082'],
    [
      'settings of an environment',
      run(
        `${classic}set :bind, '0.0.0.0'\nconfigure :production do\n  set :port, 80\nend\n`,
        'ENV RACK_ENV=production\n',
      ),
      '80',
    ],
    [
      'of another environment',
      run(`${classic}set :bind, '0.0.0.0'\nconfigure :production do\n  set :port, 80\nend\n`),
      '4567',
    ],
    [
      'its command line',
      { ...run(classic), Dockerfile: image('CMD ["ruby", "app.rb", "-o", "0.0.0.0", "-p", "8083"]') },
      '8083',
    ],
    [
      'a modular application',
      run(
        "require 'sinatra/base'\nclass Shop < Sinatra::Base\n  set :bind, '0.0.0.0'\n  set :port, 8084\n  run! if app_file == $0\nend\n",
      ),
      '8084',
    ],
    [
      'started from another file',
      {
        ...run("require_relative 'shop'\nShop.run!\n", 'ENV RACK_ENV=production\n'),
        'shop.rb': "require 'sinatra/base'\nclass Shop < Sinatra::Base\n  get('/') { 'ok' }\nend\n",
      },
      '4567',
    ],
    [
      'options of run!',
      run("require 'sinatra/base'\nclass Shop < Sinatra::Base\nend\nShop.run! host: '0.0.0.0', port: 8085\n"),
      '8085',
    ],
  ]));

test('other programs', () =>
  rows([
    [
      'TCPServer',
      run(
        "require 'socket'\nserver = TCPServer.new('0.0.0.0', ENV.fetch('PORT', 2000).to_i)\nloop { server.accept }\n",
      ),
      '2000',
    ],
    ['WEBrick', run("require 'webrick'\nserver = WEBrick::HTTPServer.new(Port: 8000)\nserver.start\n"), '8000'],
    [
      'a handler of Rack',
      run("require 'rack'\nRack::Handler::WEBrick.run(App, Port: 8001, Host: '0.0.0.0')\n"),
      '8001',
    ],
    [
      'gRPC',
      run(
        "require 'grpc'\ns = GRPC::RpcServer.new\ns.add_http2_port('0.0.0.0:50051', :this_port_is_insecure)\ns.run_till_terminated\n",
      ),
      '50051',
    ],
    [
      'in a function',
      run("require 'socket'\ndef serve(port = 2001)\n  TCPServer.new('0.0.0.0', port)\nend\nserve if __FILE__ == $0\n"),
      '2001',
    ],
    ['nothing that listens', run("require 'json'\nrequire 'aws-sdk-sqs'\nloop { sleep 1 }\n"), 'none'],
    ['a library that may listen', run("require 'thing'\nThing.go\n"), /^unknown: no listen call was found in app\.rb/],
    [
      'a server of the standard library',
      { Dockerfile: image('CMD ["ruby", "-run", "-e", "httpd", ".", "-p", "8002"]') },
      '8002',
    ],
    [
      'a script that is not there',
      { Dockerfile: image('CMD ["ruby", "other.rb"]') },
      'unknown: other.rb is not among the files in view',
    ],
  ]));
