// JavaScript libraries that open no listening port by being used. Only where a program uses nothing else may it be said that it
// listens nowhere.

const scriptModules = new Set(
  (
    'assert buffer console constants crypto dns events fs os path perf_hooks process querystring ' +
    'readline stream string_decoder timers tty url util v8 zlib ' +
    'aws-sdk axios node-fetch got undici dotenv pg mysql mysql2 mongodb mongoose redis ioredis knex typeorm sequelize ' +
    'lodash moment dayjs date-fns uuid nanoid winston pino bunyan chalk commander yargs minimist joi zod yup ' +
    'discord.js telegraf node-telegram-bot-api twit twilio stripe nodemailer openai amqplib kafkajs bullmq bull ' +
    'node-cron cron agenda sharp jsonwebtoken bcrypt bcryptjs csv-parse csv-parser xml2js cheerio puppeteer ' +
    'source-map-support reflect-metadata @prisma/client sqs-consumer ' +
    '@discordjs/builders @discordjs/rest @discordjs/voice @discordjs/opus discord-api-types discord-player ' +
    'eris oceanic.js grammy tmi.js twitter-api-v2 snoowrap @supabase/supabase-js firebase-admin googleapis ' +
    'google-auth-library @octokit/rest octokit @slack/web-api @slack/webhook @notionhq/client aws-xray-sdk ' +
    'aws-xray-sdk-core aws-lambda amqp-connection-manager mqtt nats kafka-node node-rdkafka bee-queue pg-boss ' +
    'graphile-worker @temporalio/worker @temporalio/client node-schedule toad-scheduler p-limit p-queue ' +
    'p-retry async bluebird rxjs ramda underscore immer class-validator class-transformer envalid convict ' +
    'nconf config dotenv-flow dotenv-expand js-yaml yaml toml ini json5 cross-fetch isomorphic-fetch request ' +
    'request-promise superagent needle ky form-data qs jsdom playwright playwright-core puppeteer-core ' +
    'puppeteer-extra puppeteer-extra-plugin-stealth pdf-lib pdfkit exceljs xlsx csv-writer fast-csv archiver ' +
    'adm-zip jszip fs-extra glob rimraf mkdirp tmp mime-types file-type image-size jimp canvas ethers web3 ' +
    'viem @solana/web3.js bn.js bignumber.js decimal.js luxon ms semver slugify validator ajv pino-pretty ' +
    'log4js loglevel signale debug ora inquirer prompts figlet colors kleur picocolors boxen cli-table3 ' +
    '@sentry/node dd-trace newrelic prom-client @elastic/elasticsearch @opensearch-project/opensearch ' +
    'neo4j-driver cassandra-driver sqlite3 better-sqlite3 mssql oracledb objection drizzle-orm postgres ' +
    'pg-promise @mikro-orm/core typedi inversify tsyringe tslib module-alias tsconfig-paths rss-parser ' +
    'simple-git @anthropic-ai/sdk @google/generative-ai langchain tiktoken @sendgrid/mail mailgun.js imapflow ' +
    'mailparser web-push apn socket.io-client async_hooks diagnostics_channel punycode zod-to-json-schema ' +
    'handlebars ejs mustache marked sanitize-html he iconv-lite uuidv4 cuid ulid hash.js argon2 crypto-js ' +
    'node-cache lru-cache opossum bottleneck limiter node-html-parser fast-xml-parser ffmpeg-static ' +
    'fluent-ffmpeg ytdl-core @discordjs/collection discord-giveaways ccxt yahoo-finance2 technicalindicators ' +
    'resend react react-dom react/jsx-runtime @react-email/components @react-email/render server-only nanoid ' +
    'superjson effect ts-pattern neverthrow kysely @neondatabase/serverless @upstash/redis @upstash/ratelimit ' +
    '@planetscale/database @libsql/client @clerk/backend @clerk/clerk-sdk-node jose openid-client oauth ' +
    'passport passport-local passport-jwt bullmq bull agenda croner cron-parser rrule @sentry/profiling-node ' +
    '@opentelemetry/api @opentelemetry/sdk-node @opentelemetry/resources pino pino-http winston-daily-rotate-file ' +
    'bunyan @logtail/node @axiomhq/js posthog-node mixpanel @segment/analytics-node analytics-node statsig-node ' +
    'launchdarkly-node-server-sdk twilio plivo vonage @vonage/server-sdk nodemailer-mailgun-transport postmark ' +
    'stripe razorpay paypal-rest-sdk square plaid shopify-api-node @shopify/shopify-api woocommerce-api ' +
    '@aws-crypto/sha256-js @pinecone-database/pinecone @qdrant/js-client-rest weaviate-client chromadb cohere-ai ' +
    '@mistralai/mistralai groq-sdk replicate ai @ai-sdk/openai @ai-sdk/anthropic @ai-sdk/google ' +
    '@huggingface/inference @xenova/transformers onnxruntime-node @tensorflow/tfjs-node ml-matrix mathjs ' +
    'simple-statistics natural compromise franc string-similarity fuse.js lunr flexsearch meilisearch algoliasearch ' +
    'typesense @elastic/ecs-pino-format node-fetch-native ofetch got-scraping crawlee apify user-agents ' +
    'random-useragent proxy-agent https-proxy-agent http-proxy-agent socks-proxy-agent tough-cookie qrcode ' +
    'bwip-js svg2img satori @resvg/resvg-js sharp-phash blurhash exifr pdf-parse pdfjs-dist docx mammoth ' +
    'xlsx-populate papaparse csv-stringify jsonld n3 rdflib @turf/turf geolib h3-js proj4 supercluster ' +
    'web-streams-polyfill event-stream through2 split2 JSONStream stream-json stream-chain highland'
  ).split(' '),
);

export function isQuietScriptModule(module: string): boolean {
  const name = module.startsWith('node:') ? module.slice('node:'.length) : module;
  const packageName = name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
  return (
    scriptModules.has(packageName) ||
    /^@(?:aws-sdk|smithy|sentry|google-cloud|azure|langchain|types|aws-lambda-powertools)\//.test(packageName)
  );
}
