// Libraries that open no listening port by being imported. Only where a program uses nothing else may it be said that
// it listens nowhere.

/** Of Python's standard library, what cannot listen; socketserver, http, wsgiref, asyncio and their like are left out. */
const pythonModules = new Set(
  (
    '__future__ abc argparse array ast base64 bisect calendar collections concurrent contextlib copy csv ctypes ' +
    'dataclasses datetime decimal difflib email enum errno fnmatch fractions functools gc getpass glob gzip hashlib ' +
    'heapq hmac html importlib inspect io ipaddress itertools json locale logging lzma math mimetypes operator os ' +
    'pathlib pickle pkgutil platform pprint queue random re sched secrets shelve shlex shutil signal sqlite3 ' +
    'statistics string struct sys tarfile tempfile textwrap threading time timeit traceback types typing ' +
    'unicodedata urllib uuid warnings weakref xml zipfile zlib zoneinfo ' +
    'boto3 botocore requests httpx redis pymongo psycopg psycopg2 pymysql mysql sqlalchemy alembic pandas numpy ' +
    'dotenv pydantic pydantic_settings decouple environs yaml toml jinja2 markdown bs4 lxml PIL pika kombu celery rq ' +
    'schedule apscheduler croniter tenacity loguru structlog rich click typer dateutil pytz attr attrs orjson ' +
    'simplejson openai anthropic slack_sdk discord telebot tweepy praw twilio sendgrid stripe paramiko cryptography ' +
    'jwt passlib bcrypt elasticsearch opensearchpy confluent_kafka kafka boto selenium webdriver_manager scrapy tqdm colorama tabulate'
  ).split(' '),
);

const scriptModules = new Set(
  (
    'assert buffer console constants crypto dns events fs os path perf_hooks process querystring ' +
    'readline stream string_decoder timers tty url util v8 vm worker_threads zlib ' +
    'aws-sdk axios node-fetch got undici dotenv pg mysql mysql2 mongodb mongoose redis ioredis knex typeorm sequelize ' +
    'lodash moment dayjs date-fns uuid nanoid winston pino bunyan chalk commander yargs minimist joi zod yup ' +
    'discord.js telegraf node-telegram-bot-api twit twilio stripe nodemailer openai amqplib kafkajs bullmq bull ' +
    'node-cron cron agenda sharp jsonwebtoken bcrypt bcryptjs csv-parse csv-parser xml2js cheerio puppeteer ' +
    'source-map-support reflect-metadata @prisma/client sqs-consumer'
  ).split(' '),
);

export function opensNoPort(module: string, language: string): boolean {
  if (language === 'python') return pythonModules.has(module.split('.')[0] ?? '');
  const name = module.startsWith('node:') ? module.slice('node:'.length) : module;
  const isScoped = name.startsWith('@');
  const packageName = name
    .split('/')
    .slice(0, isScoped ? 2 : 1)
    .join('/');
  return scriptModules.has(packageName) || /^@aws-sdk\/|^@smithy\//.test(packageName);
}
