// Commands by what they do to a script: those that end by themselves, those that only wait, those that never come back.

/** Come to an end by themselves and open no port. */
const ending = new Set(
  (
    'echo printf mkdir rmdir chown chmod rm cp mv ln cat ls touch sed awk grep find head cut tr sort uniq wc tee date ' +
    'true false : id whoami hostname uname env printenv envsubst ulimit umask stty which command type test [ [[ ' +
    'aws curl wget nc ping nslookup dig getent openssl tar unzip gzip pip pip3 apt-get apk yum update-ca-certificates ' +
    'alembic psql pg_isready mysql mysqladmin redis-cli mongo mongosh sqlcmd flyway liquibase dbmate goose migrate ' +
    'wait-for-it wait-for-it.sh wait-for wait-for.sh dockerize-wait jq yq base64 git ssh-keyscan ldconfig sysctl ' +
    'trap kill set unset shopt local readonly declare typeset alias hash times pwd pushd popd dirs let getopts ' +
    'logger mktemp basename dirname realpath readlink stat expr seq xargs tsc rimraf shift return'
  ).split(' '),
);

/** Keep a container alive without doing anything. */
const idle = new Set(['tail', 'wait', 'sleep', 'read', 'pause']);

/** Servers that never come back once started. */
const servers = new Set(['gunicorn', 'uvicorn', 'hypercorn', 'daphne', 'waitress-serve', 'streamlit']);

/** Go into the background by themselves, so that the script goes on beside them. */
const daemons = new Set(
  (
    'nginx service apache2ctl apachectl httpd haproxy envoy redis-server php-fpm varnishd memcached supervisord ' +
    'stunnel squid dnsmasq traefik filebeat fluent-bit'
  ).split(' '),
);

/** Workers and one-off tools: no port, whatever their arguments. */
const portless = new Set([
  'rq',
  'rqworker',
  'dramatiq',
  'arq',
  'huey_consumer',
  'huey_consumer.py',
  'sidekiq',
  'crond',
]);

export function endsByItself(command: string): boolean {
  return ending.has(command);
}

export function onlyWaits(command: string): boolean {
  return idle.has(command);
}

/** Whether a command leaves a server running behind it and comes back. */
export function goesToBackground(command: string, words: readonly string[]): boolean {
  if (command === 'gunicorn') return words.includes('--daemon') || words.includes('-D');
  if (command === 'pm2') return !words.includes('--no-daemon');
  return daemons.has(command) || /^(?:php-fpm[\d.]+)$/.test(command);
}

/** `service cron start`, `service rsyslog start`: nothing that traffic is sent to. */
export function startsHelper(command: string, words: readonly string[]): boolean {
  return command === 'cron' || (command === 'service' && /^(?:cron|crond|rsyslog|ssh|sshd|dbus)$/.test(words[0] ?? ''));
}

export function neverReturns(command: string): boolean {
  return servers.has(command);
}

export function opensNoPortEver(command: string): boolean {
  return portless.has(command) || ending.has(command) || idle.has(command);
}
