// What Phoenix listens on: releases and `mix phx.server`.

import { test } from 'node:test';
import type { Workspace } from './helper.ts';
import type { Row } from './rows.ts';
import { assertRows } from './rows.ts';

const runtime = `import Config

# The server of a release starts where PHX_SERVER is set.
if System.get_env("PHX_SERVER") do
  config :shop, ShopWeb.Endpoint, server: true
end

if config_env() == :prod do
  host = System.get_env("PHX_HOST") || "example.com"
  port = String.to_integer(System.get_env("PORT") || "4000")

  config :shop, ShopWeb.Endpoint,
    url: [host: host, port: 443, scheme: "https"],
    http: [
      # Every interface, IPv6 too.
      ip: {0, 0, 0, 0, 0, 0, 0, 0},
      port: port
    ],
    secret_key_base: System.get_env("SECRET_KEY_BASE")
end
`;
const release = (
  command: string,
  environment = '',
) => `FROM hexpm/elixir:1.17.3-erlang-27.1-debian-bookworm-20241016-slim AS builder
WORKDIR /app
ENV MIX_ENV=prod
COPY mix.exs mix.lock ./
COPY config config
COPY lib lib
RUN mix deps.get --only prod && mix compile
COPY rel rel
RUN mix release

FROM debian:bookworm-slim
WORKDIR /app
${environment}
COPY --from=builder /app/_build/prod/rel/shop ./
CMD ${command}
`;
const shop = (Dockerfile: string, config: string = runtime, more: Workspace = {}): Workspace => ({
  Dockerfile,
  'mix.exs': 'defmodule Shop.MixProject do\nend\n',
  'config/runtime.exs': config,
  ...more,
});
const mix = (command: string) => `FROM elixir:1.17\nWORKDIR /app\nCOPY . .\nCMD ${command}\n`;
const development =
  'import Config\nconfig :shop, ShopWeb.Endpoint,\n  http: [ip: {127, 0, 0, 1}, port: 4000],\n  debug_errors: true\n';

function rows(
  table: readonly (readonly [name: string, files: Workspace, listens: Row['listens'], more?: Partial<Row>])[],
) {
  return assertRows(table.map(([name, files, listens, more]) => ({ name, files, listens, ...more })));
}

test('releases', () =>
  rows([
    [
      'the script of the generator',
      shop(release('["/app/bin/server"]')),
      '4000',
      { at: 'config/runtime.exs:4000', steps: ['bin/server'] },
    ],
    ['PHX_SERVER', shop(release('["bin/shop", "start"]', 'ENV PHX_SERVER=true')), '4000'],
    ['without it no server starts', shop(release('["bin/shop", "start"]')), /^unknown: .*PHX_SERVER/],
    ['PORT', shop(release('["/app/bin/server"]', 'ENV PORT=8080')), '8080', { at: 'Dockerfile:8080' }],
    [
      'PORT of the task',
      shop(release('["/app/bin/server"]')),
      '80',
      { task: { environment: [{ name: 'PORT', value: '80' }] } },
    ],
    [
      'a server in any case',
      shop(release('bin/shop start'), runtime.replace('secret_key_base:', 'server: true,\n    secret_key_base:')),
      '4000',
    ],
    [
      'a default of the call',
      shop(
        release('["/app/bin/server"]'),
        runtime.replace('System.get_env("PORT") || "4000"', 'System.get_env("PORT", "4001")'),
      ),
      '4001',
    ],
    [
      'a pipe',
      shop(
        release('["/app/bin/server"]'),
        runtime.replace(
          'String.to_integer(System.get_env("PORT") || "4000")',
          '(System.get_env("PORT") || "4002")\n    |> String.to_integer()',
        ),
      ),
      '4002',
    ],
    [
      'a port that must be set',
      shop(
        release('["/app/bin/server"]'),
        runtime.replace('System.get_env("PORT") || "4000"', 'System.fetch_env!("PORT")'),
      ),
      /^unknown: PORT is read/,
    ],
    [
      'text that is not read',
      shop(
        release('["/app/bin/server"]'),
        runtime.replace('String.to_integer(System.get_env("PORT") || "4000")', 'Shop.Settings.port()'),
      ),
      /^unknown: the port/,
    ],
    [
      'secrets of production that set the port',
      shop(release('["bin/shop", "start"]'), 'import Config\n', {
        'config/prod.exs': 'use Mix.Config\nimport_config "prod.secret.exs"\n',
        'config/prod.secret.exs':
          'use Mix.Config\nconfig :shop, ShopWeb.Endpoint,\n  server: true,\n  http: [port: String.to_integer(System.get_env("PORT") || "4004")]\n',
      }),
      '4004',
      { at: 'config/prod.secret.exs:4004' },
    ],
    ['migrations', shop(release('["bin/shop", "eval", "Shop.Release.migrate"]')), 'none'],
  ]));

test('mix', () =>
  rows([
    [
      'in development it binds localhost',
      shop(mix('mix phx.server'), 'import Config\n', { 'config/dev.exs': development }),
      '127.0.0.1:4000',
    ],
    ['in production', shop(mix('["mix", "phx.server"]').replace('CMD', 'ENV MIX_ENV=prod PORT=4003\nCMD')), '4003'],
    ['migrations', shop(mix('mix ecto.migrate')), 'none'],
    ['anything else', shop(mix('mix run --no-halt')), /^unknown: what `mix run --no-halt` runs/],
  ]));
