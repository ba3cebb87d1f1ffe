// Ports and hosts of servers that are started as commands, where no flag and no variable says otherwise. What listen calls
// of programs do by default stands with the languages. Read in the sources of the versions named, November 2026.

/** Binds every interface. */
const EVERYWHERE = '0.0.0.0';
const LOOPBACK = '127.0.0.1';

export const commandDefaults = {
  flask: { port: 5000, host: LOOPBACK, source: 'flask 3.1.3 cli.py; 3.1.3 confirmed 2026-11-23' },
  django: { port: 8000, host: LOOPBACK, source: 'django 5.2.17 runserver.py; 5.2.19 confirmed 2026-11-23' },
  uvicorn: { port: 8000, host: LOOPBACK, source: 'uvicorn 0.54.0 main.py; 0.54.0 confirmed 2026-11-23' },
  fastapiRun: {
    port: 8000,
    host: EVERYWHERE,
    source: 'https://github.com/fastapi/fastapi-cli cli.py; 0.0.34 confirmed 2026-11-23',
  },
  fastapiDev: {
    port: 8000,
    host: LOOPBACK,
    source: 'https://github.com/fastapi/fastapi-cli cli.py; 0.0.34 confirmed 2026-11-23',
  },
  /** Without PORT; with it, 0.0.0.0:$PORT. */
  gunicorn: { port: 8000, host: LOOPBACK, source: 'gunicorn 26.2.0 config.py; 27.0.1 confirmed 2026-11-23' },
  hypercorn: {
    port: 8000,
    host: LOOPBACK,
    source: 'https://github.com/pgjones/hypercorn config.py; 0.18.0 confirmed 2026-11-23',
  },
  daphne: { port: 8000, host: LOOPBACK, source: 'https://github.com/django/daphne cli.py; 4.2.3 confirmed 2026-11-23' },
  waitress: {
    port: 8080,
    host: EVERYWHERE,
    source: 'https://github.com/Pylons/waitress runner.py; 3.0.2 confirmed 2026-11-23',
  },
  chainlit: { port: 8000, host: LOOPBACK, source: 'https://docs.chainlit.io/backend/command-line' },
  streamlit: { port: 8501, host: EVERYWHERE, source: 'streamlit 1.64.0 config.py; 1.67.0 confirmed 2026-11-23' },
  /** `python -m http.server` binds every interface: https://docs.python.org/3/library/http.server.html#command-line-interface */
  httpServer: { port: 8000, host: EVERYWHERE, source: 'https://docs.python.org/3/library/http.server.html' },
  /** For a program that exports what answers requests. */
  bun: { port: 3000, host: EVERYWHERE, source: 'https://bun.sh/docs/api/http#changing-the-port-and-hostname' },
  deno: { port: 8000, host: EVERYWHERE, source: 'https://docs.deno.com/runtime/reference/cli/serve/' },
  next: { port: 3000, host: EVERYWHERE, source: 'next 16.4.6' },
  nuxt: { port: 3000, host: EVERYWHERE, source: 'nitropack 2.13.6' },
  viteDev: { port: 5173, host: 'localhost', source: 'vite 8.3.8; 8.3.8 confirmed 2026-11-23' },
  vitePreview: { port: 4173, host: 'localhost', source: 'vite 8.3.8; 8.3.8 confirmed 2026-11-23' },
  /** `nuxt start` of version 2 binds localhost, later versions every interface. */
  nuxtCommand: { port: 3000, host: EVERYWHERE, source: 'https://nuxt.com/docs/api/commands/preview' },
  astro: {
    port: 4321,
    host: 'localhost',
    source: 'https://docs.astro.build/en/reference/configuration-reference/#serverport',
  },
  gatsbyServe: { port: 9000, host: 'localhost', source: 'https://www.gatsbyjs.com/docs/reference/gatsby-cli/#serve' },
  webpackDevServer: {
    port: 8080,
    host: 'localhost',
    source: 'https://webpack.js.org/configuration/dev-server/#devserverport',
  },
  vueCli: {
    port: 8080,
    host: EVERYWHERE,
    source: 'https://cli.vuejs.org/guide/cli-service.html#vue-cli-service-serve',
  },
  keystone: { port: 3000, host: '::', source: '@keystone-6/core 8.1.0 scripts/cli.js' },
  storybook: { port: 6006, host: EVERYWHERE, source: 'https://storybook.js.org/docs/api/cli-options' },
  strapi: { port: 1337, host: EVERYWHERE, source: 'https://docs.strapi.io/cms/configurations/server' },
  angular: { port: 4200, host: 'localhost', source: '@angular/build 21' },
  serve: { port: 3000, host: EVERYWHERE, source: 'https://github.com/vercel/serve; 14.2.7 confirmed 2026-11-23' },
  httpServerNode: {
    port: 8080,
    host: EVERYWHERE,
    source: 'https://github.com/http-party/http-server; 14.1.1 confirmed 2026-11-23',
  },
  jsonServer: {
    port: 3000,
    host: 'localhost',
    source: 'https://github.com/typicode/json-server; 0.17.4 confirmed 2026-11-23',
  },
  reactRouterServe: { port: 3000, host: EVERYWHERE, source: '@react-router/serve 7.18' },
  reactScripts: { port: 3000, host: EVERYWHERE, source: 'https://create-react-app.dev/docs/advanced-configuration/' },
  quarkus: { port: 8080, host: EVERYWHERE, source: 'https://quarkus.io/guides/http-reference' },
  micronaut: { port: 8080, host: EVERYWHERE, source: 'https://docs.micronaut.io/latest/guide/#serverConfiguration' },
  helidonMp: { port: 7001, host: EVERYWHERE, source: 'https://helidon.io/docs/latest/mp/server' },
  tomcat: { port: 8080, host: EVERYWHERE, source: 'https://github.com/apache/tomcat conf/server.xml' },
  jetty: {
    port: 8080,
    host: EVERYWHERE,
    source: 'https://jetty.org/docs/jetty/12/operations-guide/modules/standard.html#http',
  },
  springBoot: { port: 8080, host: EVERYWHERE, source: 'https://docs.spring.io/spring-boot/how-to/webserver.html' },
  /** Without `--port` and SERVER_PORT; a port that is taken moves it on to the next. */
  artisanServe: { port: 8000, host: LOOPBACK, source: 'https://github.com/laravel/framework ServeCommand.php' },
  octane: { port: 8000, host: LOOPBACK, source: 'https://github.com/laravel/octane StartCommand.php' },
  reverb: { port: 8080, host: EVERYWHERE, source: 'https://github.com/laravel/reverb config/reverb.php' },
  symfony: { port: 8000, host: LOOPBACK, source: 'https://github.com/symfony-cli/symfony-cli' },
  puma: { port: 9292, host: EVERYWHERE, source: 'https://github.com/puma/puma 8.0.2 configuration.rb' },
  rails: { port: 3000, host: EVERYWHERE, source: 'https://github.com/rails/rails server_command.rb, August 2026' },
  rackup: { port: 9292, host: EVERYWHERE, source: 'https://github.com/rack/rackup 2.3.1 server.rb' },
  hanami: { port: 2300, host: EVERYWHERE, source: 'https://github.com/hanami/cli commands/app/server.rb, August 2026' },
  unicorn: { port: 8080, host: EVERYWHERE, source: 'https://yhbt.net/unicorn/unicorn_1.html' },
  thin: { port: 3000, host: EVERYWHERE, source: 'https://github.com/macournoyer/thin runner.rb' },
  falcon: { port: 9292, host: 'localhost', source: 'https://github.com/socketry/falcon command/serve.rb' },
  passenger: {
    port: 3000,
    host: EVERYWHERE,
    source: 'https://www.phusionpassenger.com/docs/references/config_reference/standalone/',
  },
  iodine: { port: 3000, host: EVERYWHERE, source: 'https://github.com/boazsegev/iodine' },
  thruster: { port: 80, host: EVERYWHERE, source: 'https://github.com/basecamp/thruster internal/config.go' },
} as const;
