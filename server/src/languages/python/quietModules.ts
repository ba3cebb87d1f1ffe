// Python libraries that open no listening port by being used. Only where a program uses nothing else may it be said that it
// listens nowhere.

/** Of Python's standard library, what cannot listen, or listens by calls that are read: asyncio. socketserver, http.server and wsgiref are left out. */
const pythonModules = new Set(
  (
    '__future__ abc argparse array ast asyncio base64 bisect calendar collections concurrent contextlib copy csv ctypes ' +
    'dataclasses datetime decimal difflib email enum errno fnmatch fractions functools gc getpass glob gzip hashlib ' +
    'heapq hmac html importlib inspect io ipaddress itertools json locale logging lzma math mimetypes operator os ' +
    'pathlib pickle pkgutil platform pprint queue random re sched secrets shelve shlex shutil signal sqlite3 ' +
    'statistics string struct sys tarfile tempfile textwrap threading time timeit traceback types typing ' +
    'unicodedata urllib uuid warnings weakref xml zipfile zlib zoneinfo ' +
    'boto3 botocore requests httpx redis pymongo psycopg psycopg2 pymysql mysql sqlalchemy alembic pandas numpy ' +
    'dotenv pydantic pydantic_settings decouple environs yaml toml jinja2 markdown bs4 lxml PIL pika kombu celery rq ' +
    'schedule apscheduler croniter tenacity loguru structlog rich click typer dateutil pytz attr attrs orjson ' +
    'simplejson openai anthropic slack_sdk discord telebot tweepy praw twilio sendgrid stripe paramiko cryptography ' +
    'jwt passlib bcrypt elasticsearch opensearchpy confluent_kafka kafka boto selenium webdriver_manager scrapy tqdm colorama tabulate ' +
    'multiprocessing bz2 cmath codecs configparser contextvars curses dis filecmp fileinput ftplib getopt ' +
    'graphlib grp imaplib keyword linecache mailbox marshal mmap netrc numbers optparse plistlib poplib ' +
    'posixpath pwd reprlib resource select selectors site smtplib ssl stat symtable sysconfig telnetlib ' +
    'termios token tokenize tomllib tracemalloc tty unittest wave webbrowser zipimport telegram aiogram ' +
    'telethon pyrogram nextcord disnake hikari interactions ccxt binance web3 eth_account yfinance ' +
    'alpaca_trade_api talib ta sklearn scipy torch torchvision transformers sentence_transformers tensorflow ' +
    'keras matplotlib seaborn plotly nltk spacy cv2 pytesseract moviepy pydub feedparser newspaper ' +
    'googleapiclient google azure aioboto3 aiobotocore aiokafka aio_pika aiormq nats asyncpg aiomysql ' +
    'aiosqlite aioredis motor beanie tortoise peewee pony sqlmodel databases psutil watchdog dramatiq huey ' +
    'arq arrow pendulum humanize backoff ratelimit cachetools diskcache marshmallow cattrs jsonschema tomli ' +
    'ruamel dynaconf environ sentry_sdk ddtrace newrelic elasticapm opentelemetry prometheus_client statsd ' +
    'datadog watchtower pythonjsonlogger coloredlogs emoji unidecode slugify faker qrcode reportlab fpdf ' +
    'PyPDF2 pypdf docx openpyxl xlrd xlsxwriter langchain langchain_core langchain_openai langchain_community ' +
    'langgraph llama_index pinecone tiktoken cohere mistralai groq playwright pyppeteer ' +
    'undetected_chromedriver mechanize cloudscraper fake_useragent tldextract validators shortuuid nanoid ' +
    'ulid hvac ldap3 pysftp requests_html requests_oauthlib requests_toolbelt urllib3 certifi ' +
    'aws_lambda_powertools aws_xray_sdk s3fs fsspec pyarrow polars duckdb dask geopy shapely geopandas names ' +
    'mutagen yt_dlp spotipy pylast wikipedia googletrans deep_translator gtts speech_recognition pymssql ' +
    'pyodbc cx_Oracle oracledb snowflake clickhouse_driver clickhouse_connect neo4j cassandra influxdb ' +
    'influxdb_client pysnmp netmiko nacl Crypto OpenSSL typing_extensions six future absl zoneinfo ' +
    'uvloop'
  ).split(' '),
);

export function isQuietPythonModule(module: string): boolean {
  // `http` alone has names such as HTTPStatus.
  if (module === 'http' || module === 'http.client' || module === 'http.cookies') return true;
  return pythonModules.has(module.split('.')[0] ?? '');
}
