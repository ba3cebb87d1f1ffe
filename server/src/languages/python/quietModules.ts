// Python libraries that open no listening port by being used. Only where a program uses nothing else may it be said that it
// listens nowhere.

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

export function isQuietPythonModule(module: string): boolean {
  return pythonModules.has(module.split('.')[0] ?? '');
}
