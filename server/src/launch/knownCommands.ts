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
const servers = new Set(['gunicorn', 'uvicorn', 'hypercorn', 'daphne', 'waitress-serve', 'streamlit', 'supervisord']);

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

export function neverReturns(command: string): boolean {
  return servers.has(command);
}

export function opensNoPortEver(command: string): boolean {
  return portless.has(command) || ending.has(command) || idle.has(command);
}
