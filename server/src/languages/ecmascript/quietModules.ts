// JavaScript libraries that open no listening port by being used. Only where a program uses nothing else may it be said that it
// listens nowhere.

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

export function isQuietScriptModule(module: string): boolean {
  const name = module.startsWith('node:') ? module.slice('node:'.length) : module;
  const packageName = name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
  return scriptModules.has(packageName) || /^@aws-sdk\/|^@smithy\//.test(packageName);
}
