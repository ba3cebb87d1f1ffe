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
    'uvloop fastapi starlette flask_cors flask_sqlalchemy flask_migrate flask_login flask_bcrypt ' +
    'flask_jwt_extended flask_restful flask_wtf flask_mail flask_caching flask_limiter sqlalchemy_utils ' +
    'uuid_extensions uuid6 injector dependency_injector punq httpcore anyio sniffio h11 h2 qdrant_client ' +
    'weaviate faiss pymilvus lancedb supabase postgrest gotrue firebase_admin vk_api linebot litellm crewai ' +
    'pydantic_ai instructor dspy huggingface_hub datasets accelerate diffusers peft timm xgboost lightgbm ' +
    'catboost statsmodels prophet joblib shap optuna mlflow wandb evidently sagemaker kubernetes docker ' +
    'gspread oauth2client msal simple_salesforce zeep jira github gitlab notion_client exchangelib imap_tools ' +
    'resend plaid braintree coinbase krakenex backtrader vectorbt polygon finnhub fredapi nba_api riotwatcher ' +
    'pycountry phonenumbers babel zstandard lz4 brotli msgpack ujson cbor2 fastavro deltalake pyiceberg ' +
    'sqlparse sqlglot aiofiles aiohttp_retry aiolimiter asyncpraw usaddress rapidfuzz fuzzywuzzy Levenshtein ' +
    'langsmith langchain_anthropic langchain_aws langchain_google_genai langchain_huggingface ' +
    'langchain_text_splitters langchain_chroma langchain_pinecone langchain_mongodb langchain_postgres ' +
    'langgraph_checkpoint voyageai together replicate deepgram elevenlabs assemblyai whisper faster_whisper ' +
    'librosa soundfile pyttsx3 mediapipe ultralytics easyocr onnxruntime onnx imageio skimage albumentations ' +
    'gensim textblob vaderSentiment wordcloud networkx igraph simpy pulp ortools cvxpy sympy numba ' +
    'rasterio xarray netCDF4 cartopy fiona pyproj osmnx folium tweepy discord_webhook ' +
    'user_agents ipinfo maxminddb geoip2 whois dns bleach html5lib cssselect parsel trafilatura ' +
    'readability pdfplumber pymupdf fitz camelot tabula docx2txt mammoth pptx odf ebooklib markdownify ' +
    'colorlog rfc3339 isodate dateparser parsedatetime timezonefinder holidays workalendar'
  ).split(' '),
);

export function isQuietPythonModule(module: string, name?: string): boolean {
  // Names of modules that only a run decides; the parts that read resources and versions load nothing.
  if (module.startsWith('importlib')) {
    return /^importlib\.(?:metadata|resources)/.test(module) || /^(?:metadata|resources|reload)$/.test(name ?? '');
  }
  // Its server is the module `web`; the rest asks other servers.
  if (module === 'aiohttp') return name !== 'web' && name !== '*';
  // `http` alone has names such as HTTPStatus.
  if (module === 'http' || module === 'http.client' || module === 'http.cookies') return true;
  return pythonModules.has(module.split('.')[0] ?? '');
}
