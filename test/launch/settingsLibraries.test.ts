// Libraries that read settings and fill in defaults: NestJS, zod, Joi, envalid, convict, yargs, pydantic, environs.

import { test } from 'node:test';
import { assertRows } from './rows.ts';
import { express, flaskProgram, json, nodeImage, pythonImage, row } from './shortRows.ts';

test('NestJS configuration', () =>
  assertRows([
    row('nest ConfigService default', '3300', {
      Dockerfile: nodeImage('["node", "dist/main.js"]', 'RUN npm run build\n'),
      'src/main.ts': `import { NestFactory } from '@nestjs/core';\nimport { ConfigService } from '@nestjs/config';\nimport { AppModule } from './app.module';\nasync function bootstrap() {\n const app = await NestFactory.create(AppModule);\n const config = app.get(ConfigService);\n await app.listen(config.get('PORT', 3300));\n}\nbootstrap();`,
      'src/app.module.ts': 'export class AppModule {}',
      'package.json': json({ scripts: { build: 'nest build' } }),
    }),
    row('nest registerAs', '3301', {
      Dockerfile: nodeImage('["node", "dist/main.js"]', 'RUN npm run build\n'),
      'src/main.ts': `import { NestFactory } from '@nestjs/core';\nimport { ConfigService } from '@nestjs/config';\nimport { AppModule } from './app.module';\nasync function bootstrap() {\n const app = await NestFactory.create(AppModule);\n const config = app.get(ConfigService);\n await app.listen(config.get<number>('app.port'));\n}\nbootstrap();`,
      'src/app.module.ts': `import { ConfigModule } from '@nestjs/config';\nimport appConfig from './app.config';\n@Module({imports:[ConfigModule.forRoot({load:[appConfig]})]})\nexport class AppModule {}`,
      'src/app.config.ts': `import { registerAs } from '@nestjs/config';\nexport default registerAs('app', () => ({ port: parseInt(process.env.PORT, 10) || 3301 }));`,
      'package.json': json({ scripts: { build: 'nest build' } }),
    }),
    row('nest Joi default', '3302', {
      Dockerfile: nodeImage('["node", "dist/main.js"]', 'RUN npm run build\n'),
      'src/main.ts': `import { NestFactory } from '@nestjs/core';\nimport { ConfigService } from '@nestjs/config';\nimport { AppModule } from './app.module';\nasync function bootstrap() {\n const app = await NestFactory.create(AppModule);\n const config = app.get(ConfigService);\n await app.listen(config.get('PORT'));\n}\nbootstrap();`,
      'src/app.module.ts': `import { ConfigModule } from '@nestjs/config';\nimport * as Joi from 'joi';\n@Module({imports:[ConfigModule.forRoot({validationSchema: Joi.object({ PORT: Joi.number().default(3302) })})]})\nexport class AppModule {}`,
      'package.json': json({ scripts: { build: 'nest build' } }),
    }),
    row('nest load function', '3303', {
      Dockerfile: nodeImage('["node", "dist/main"]', 'RUN npm run build\n'),
      'src/main.ts': `import { NestFactory } from '@nestjs/core';\nimport { ConfigService } from '@nestjs/config';\nimport { AppModule } from './app.module';\nasync function bootstrap() {\n const app = await NestFactory.create(AppModule);\n const config = app.get<ConfigService>(ConfigService);\n const port = config.get('port');\n await app.listen(port);\n}\nbootstrap();`,
      'src/app.module.ts': `import { ConfigModule } from '@nestjs/config';\nimport configuration from './configuration';\n@Module({imports:[ConfigModule.forRoot({load:[configuration]})]})\nexport class AppModule {}`,
      'src/configuration.ts': `export default () => ({ port: parseInt(process.env.PORT, 10) || 3303 });`,
      'package.json': json({ scripts: { build: 'nest build' } }),
    }),
  ]));

test('schemas of Node', () =>
  assertRows([
    row('zod env', '3304', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express('env.PORT', "const { env } = require('./env');"),
      'env.js':
        "const { z } = require('zod');\nconst schema = z.object({ PORT: z.coerce.number().default(3304), HOST: z.string().default('x') });\nconst env = schema.parse(process.env);\nmodule.exports = { env };",
    }),
    row('zod env set', '3305', {
      Dockerfile: nodeImage('["node","server.js"]', 'ENV PORT=3305\n'),
      'server.js': express('env.PORT', "const { env } = require('./env');"),
      'env.js':
        "const { z } = require('zod');\nconst schema = z.object({ PORT: z.string().default('1').transform(Number) });\nconst env = schema.parse(process.env);\nmodule.exports = { env };",
    }),
    row('zod safeParse', '3306', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express(
        'env.PORT',
        "const { z } = require('zod');\nconst schema = z.object({ PORT: z.coerce.number().optional().default(3306) });\nconst result = schema.safeParse(process.env);\nif (!result.success) process.exit(1);\nconst env = result.data;",
      ),
    }),
    row('envalid', '3307', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express(
        'env.PORT',
        "const { cleanEnv, port, str } = require('envalid');\nconst env = cleanEnv(process.env, { PORT: port({ default: 3307 }), X: str() });",
      ),
    }),
    row('convict', '3308', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express(
        "config.get('server.port')",
        "const convict = require('convict');\nconst config = convict({ server: { port: { format: 'port', default: 3308, env: 'PORT' } } });\nconfig.validate();",
      ),
    }),
    row('convict env', '3309', {
      Dockerfile: nodeImage('["node","server.js"]', 'ENV PORT=3309\n'),
      'server.js': express(
        "config.get('port')",
        "const convict = require('convict');\nconst config = convict({ port: { format: 'port', default: 1, env: 'PORT' } });\nconfig.validate();",
      ),
    }),
    row('env-var', '3310', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express("env.get('PORT').default(3310).asPortNumber()", "const env = require('env-var');"),
    }),
    row('envsafe', '3311', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express(
        'env.PORT',
        "const { envsafe, port } = require('envsafe');\nconst env = envsafe({ PORT: port({ default: 3311 }) });",
      ),
    }),
    row('t3-env', '3312', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express(
        'env.PORT',
        "const { createEnv } = require('@t3-oss/env-core');\nconst { z } = require('zod');\nconst env = createEnv({ server: { PORT: z.coerce.number().default(3312) }, runtimeEnv: process.env });",
      ),
    }),
    row('joi validate', '3313', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express('config.port', "const { config } = { config: require('./config') };"),
      'config.js':
        "const Joi = require('joi');\nconst envVarsSchema = Joi.object().keys({ PORT: Joi.number().default(3313) }).unknown();\nconst { value: envVars, error } = envVarsSchema.prefs({ errors: { label: 'key' } }).validate(process.env);\nmodule.exports = { port: envVars.PORT };",
    }),
  ]));

test('arguments of Node programs', () =>
  assertRows([
    row('yargs', '3314', {
      Dockerfile: nodeImage('["node","server.js","--port","3314"]'),
      'server.js': express(
        'argv.port',
        "const argv = require('yargs').option('port', { alias: 'p', default: 1 }).argv;",
      ),
    }),
    row('yargs hideBin default', '3315', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express(
        'argv.port',
        "const yargs = require('yargs/yargs');\nconst { hideBin } = require('yargs/helpers');\nconst argv = yargs(hideBin(process.argv)).option('port', { type: 'number', default: 3315 }).parse();",
      ),
    }),
    row('commander', '3316', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express(
        'program.opts().port',
        "const { program } = require('commander');\nprogram.option('-p, --port <number>', 'port', '3316');\nprogram.parse();",
      ),
    }),
    row('minimist', '3317', {
      Dockerfile: nodeImage('["node","server.js","--port=3317"]'),
      'server.js': express('argv.port || 1', "const argv = require('minimist')(process.argv.slice(2));"),
    }),
    row('minimist default', '3318', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express(
        'argv.port',
        "const argv = require('minimist')(process.argv.slice(2), { default: { port: 3318 } });",
      ),
    }),
  ]));

test('settings classes and libraries of Python', () =>
  assertRows([
    row('pydantic', '5211', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram(
        'settings.port',
        "from pydantic_settings import BaseSettings, SettingsConfigDict\nclass Settings(BaseSettings):\n    port: int = 5211\n    model_config = SettingsConfigDict(env_prefix='APP_', env_file='.env')\nsettings = Settings()",
      ),
    }),
    row('pydantic prefix env', '5212', {
      Dockerfile: pythonImage('["python","app.py"]', 'ENV APP_PORT=5212\n'),
      'app.py': flaskProgram(
        'settings.port',
        "from pydantic_settings import BaseSettings, SettingsConfigDict\nclass Settings(BaseSettings):\n    port: int = 1\n    model_config = SettingsConfigDict(env_prefix='APP_')\nsettings = Settings()",
      ),
    }),
    row('pydantic alias', '5213', {
      Dockerfile: pythonImage('["python","app.py"]', 'ENV SERVICE_PORT=5213\n'),
      'app.py': flaskProgram(
        'settings.port',
        "from pydantic import Field\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    port: int = Field(default=1, validation_alias='SERVICE_PORT')\nsettings = Settings()",
      ),
    }),
    row('pydantic v1 env', '5214', {
      Dockerfile: pythonImage('["python","app.py"]', 'ENV SERVICE_PORT=5214\n'),
      'app.py': flaskProgram(
        'settings.port',
        "from pydantic import BaseSettings, Field\nclass Settings(BaseSettings):\n    port: int = Field(1, env='SERVICE_PORT')\nsettings = Settings()",
      ),
    }),
    row('pydantic env_file', '5215', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      '.env': 'PORT=5215\n',
      'app.py': flaskProgram(
        'get_settings().port',
        "from functools import lru_cache\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    port: int = 1\n    class Config:\n        env_file = '.env'\n@lru_cache\ndef get_settings():\n    return Settings()",
      ),
    }),
    row('dataclass env', '5216', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram(
        'Config().port',
        "from dataclasses import dataclass, field\n@dataclass\nclass Config:\n    port: int = int(os.getenv('PORT', 5216))",
      ),
    }),
    row('dataclass field factory', '5217', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram(
        'Config().port',
        "from dataclasses import dataclass, field\n@dataclass\nclass Config:\n    port: int = field(default_factory=lambda: int(os.getenv('PORT', '5217')))",
      ),
    }),
    row('decouple', '5218', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram('PORT', "from decouple import config\nPORT = config('PORT', default=5218, cast=int)"),
    }),
    row('environs', '5219', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram(
        'PORT',
        "from environs import Env\nenv = Env()\nenv.read_env()\nPORT = env.int('PORT', 5219)",
      ),
    }),
    row('django-environ', '5220', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram('PORT', "import environ\nenv = environ.Env(PORT=(int, 5220))\nPORT = env('PORT')"),
    }),
    row('starlette config', '5221', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram(
        'PORT',
        "from starlette.config import Config\nconfig = Config('.env')\nPORT = config('PORT', cast=int, default=5221)",
      ),
    }),
    row('argparse', '5223', {
      Dockerfile: pythonImage('["python","app.py","--port","5223"]'),
      'app.py': flaskProgram(
        'args.port',
        "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--port', type=int, default=1)\nargs = parser.parse_args()",
      ),
    }),
    row('click', '5224', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py':
        "import click\nfrom flask import Flask\napp = Flask(__name__)\n@click.command()\n@click.option('--port', default=5224)\ndef main(port):\n    app.run(host='0.0.0.0', port=port)\nif __name__ == '__main__':\n    main()",
    }),
    row('.flaskenv', '5226', {
      Dockerfile: pythonImage('["flask","run","--host=0.0.0.0"]'),
      '.flaskenv': 'FLASK_APP=app\nFLASK_RUN_PORT=5226\n',
      'app.py': 'x=1',
    }),
  ]));
