// Every launcher, in the order they are asked. Adding one: a file in `launchers/` and a line here.

import type { Launcher } from './launcher.ts';
import { apache } from './launchers/apache.ts';
import { pserve, roadrunner, unit } from './launchers/applicationServers.ts';
import { chainlit, daphne, hypercorn, streamlit, uvicorn, waitress } from './launchers/asgi.ts';
import { baseCommand } from './launchers/baseCommand.ts';
import { builtBinary, prebuiltBinary } from './launchers/builtBinary.ts';
import { caddy } from './launchers/caddy.ts';
import { cargoCommand } from './launchers/cargoCommand.ts';
import { commandServer } from './launchers/commandServers.ts';
import { consoleScripts } from './launchers/consoleScripts.ts';
import { dotnet, dotnetExecutable } from './launchers/dotnet.ts';
import { elixir } from './launchers/elixir.ts';
import { executable } from './launchers/executable.ts';
import { fastapi } from './launchers/fastapi.ts';
import { flask } from './launchers/flask.ts';
import { foreman } from './launchers/foreman.ts';
import { goCommand, goReloaders } from './launchers/goCommand.ts';
import { gunicorn } from './launchers/gunicorn.ts';
import { haproxy } from './launchers/haproxy.ts';
import { imageInterpreter } from './launchers/imageInterpreter.ts';
import { java } from './launchers/java.ts';
import { javaBuildTools } from './launchers/javaBuildTools.ts';
import { javaScripts } from './launchers/javaScripts.ts';
import { lighttpd } from './launchers/lighttpd.ts';
import { monorepo } from './launchers/monorepo.ts';
import { nginx } from './launchers/nginx.ts';
import { bun, deno, node, typeScriptRunner } from './launchers/node.ts';
import { nodemon } from './launchers/nodemon.ts';
import { nodeServers } from './launchers/nodeServers.ts';
import { packageRunner, packageScript } from './launchers/packageScript.ts';
import { php, phpConsole, symfony } from './launchers/php.ts';
import { phpFpm } from './launchers/phpFpm.ts';
import { pm2 } from './launchers/pm2.ts';
import { envoy, traefik } from './launchers/proxies.ts';
import { puma } from './launchers/puma.ts';
import { python } from './launchers/python.ts';
import { rackup } from './launchers/rackup.ts';
import { rails } from './launchers/rails.ts';
import { ruby } from './launchers/ruby.ts';
import { rubyServers } from './launchers/rubyServers.ts';
import { s6 } from './launchers/s6.ts';
import { service } from './launchers/service.ts';
import { shell } from './launchers/shell.ts';
import { sideBySide } from './launchers/sideBySide.ts';
import { siteServers } from './launchers/siteServers.ts';
import { strapi } from './launchers/strapi.ts';
import { supervisord } from './launchers/supervisord.ts';
import { tomcat } from './launchers/tomcat.ts';
import { uwsgi } from './launchers/uwsgi.ts';
import { webServers } from './launchers/webServers.ts';
import { workers } from './launchers/workers.ts';
import { wrappers } from './launchers/wrappers.ts';

export const launchers: readonly Launcher[] = [
  builtBinary,
  shell,
  python,
  node,
  pm2,
  nodemon,
  packageScript,
  packageRunner,
  gunicorn,
  uvicorn,
  flask,
  fastapi,
  typeScriptRunner,
  bun,
  deno,
  hypercorn,
  daphne,
  waitress,
  streamlit,
  chainlit,
  consoleScripts,
  uwsgi,
  commandServer,
  nodeServers,
  monorepo,
  siteServers,
  strapi,
  goCommand,
  goReloaders,
  cargoCommand,
  sideBySide,
  wrappers,
  java,
  javaBuildTools,
  javaScripts,
  tomcat,
  workers,
  nginx,
  apache,
  php,
  phpConsole,
  symfony,
  phpFpm,
  roadrunner,
  unit,
  pserve,
  supervisord,
  foreman,
  caddy,
  haproxy,
  lighttpd,
  webServers,
  envoy,
  traefik,
  s6,
  service,
  dotnet,
  elixir,
  rails,
  puma,
  rackup,
  rubyServers,
  ruby,
  baseCommand,
  dotnetExecutable,
  executable,
  imageInterpreter,
  prebuiltBinary,
];
