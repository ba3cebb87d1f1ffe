// Which paths NestJS programs serve.

import { type Row, testServed } from './servedPaths.ts';

const base = `--- Dockerfile
FROM node:22
WORKDIR /app
RUN apt-get update && apt-get install -y wget
COPY . .
RUN npm ci && npm run build
CMD ["node", "dist/main.js"]
--- package.json
{ "name": "web", "scripts": { "build": "nest build" }, "dependencies": { "@nestjs/core": "11.0.0" } }
--- tsconfig.json
{ "compilerOptions": { "outDir": "./dist" } }
--- src/health.controller.ts
import { Controller, Get } from '@nestjs/common';
@Controller('health')
export class HealthController {
  @Get()
  check() { return 'ok'; }
  @Get(['live', 'ready'])
  probes() { return 'ok'; }
}
`;

const main = (calls: string, imports = ''): string => `--- src/main.ts
import { NestFactory } from '@nestjs/core';
import { ValidationPipe, VersioningType } from '@nestjs/common';
import { SwaggerModule, DocumentBuilder } from '@nestjs/swagger';
import helmet from 'helmet';
import { AppModule } from './app.module';
${imports}
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.use(helmet());
  app.useGlobalPipes(new ValidationPipe());
  app.enableCors();
  ${calls}
  await app.listen(8080);
}
bootstrap();
`;

const module = (imports: string, list: string): string => `--- src/app.module.ts
import { Module } from '@nestjs/common';
import { HealthController } from './health.controller';
${imports}
@Module({ imports: [${list}], controllers: [HealthController] })
export class AppModule {}
`;
const plain = module('', '');

const rows: readonly Row[] = [
  {
    name: 'NestJS: a controller and lists of paths',
    files: base + main('') + plain,
    unserved: ['/', '/healthz', '/api/health', '/health/other'],
    served: ['/health', '/health/', '/health/live', '/health/ready'],
  },
  {
    name: 'NestJS: a global prefix',
    files: base + main("app.setGlobalPrefix('api');") + plain,
    unserved: ['/', '/health', '/api'],
    served: ['/api/health'],
  },
  {
    name: 'NestJS: a global prefix from a constant of the function',
    files: base + main("const globalPrefix = '/api';\n  app.setGlobalPrefix(globalPrefix);") + plain,
    unserved: ['/health'],
    served: ['/api/health'],
  },
  {
    name: 'NestJS: an application with a type',
    files: (base + main("app.setGlobalPrefix('api');") + plain).replace('.create(', '.create<NestExpressApplication>('),
    unserved: ['/health'],
    served: ['/api/health'],
  },
  {
    name: 'NestJS: exceptions from the prefix',
    files: base + main("app.setGlobalPrefix('api', { exclude: ['health'] });") + plain,
    unserved: ['/'],
    served: ['/health', '/api/health'],
  },
  {
    name: 'NestJS: a prefix that only the environment knows',
    files: base + main('app.setGlobalPrefix(process.env.PREFIX);') + plain,
    unserved: ['/'],
    served: ['/health', '/v7/health'],
  },
  {
    name: 'NestJS: a prefix under a condition',
    files: base + main("if (process.env.A) {\n    app.setGlobalPrefix('api');\n  }") + plain,
    served: ['/health', '/api/health'],
  },
  {
    name: 'NestJS: versions in paths',
    files: base + main('app.enableVersioning({ type: VersioningType.URI });') + plain,
    unserved: ['/'],
    served: ['/health', '/v1/health'],
  },
  {
    name: 'NestJS: versions in headers',
    files: base + main("app.enableVersioning({ type: VersioningType.HEADER, header: 'V' });") + plain,
    unserved: ['/v1/health'],
    served: ['/health'],
  },
  {
    name: 'NestJS: pages of Swagger',
    files:
      base +
      main("SwaggerModule.setup('docs', app, SwaggerModule.createDocument(app, new DocumentBuilder().build()));") +
      plain,
    unserved: ['/'],
    served: ['/docs', '/docs/json'],
  },
  {
    name: 'NestJS: modules that bring no controllers',
    files:
      base +
      main('const config = app.get(ConfigService);') +
      module("import { ConfigModule } from '@nestjs/config';", 'ConfigModule.forRoot()'),
    unserved: ['/'],
    served: ['/health'],
  },
  {
    name: 'NestJS: a module of a package that may bring controllers',
    files:
      base +
      main('') +
      module("import { ServeStaticModule } from '@nestjs/serve-static';", 'ServeStaticModule.forRoot({})'),
    served: ['/', '/healthz'],
  },
  {
    name: 'NestJS: modules in folders below a router module',
    files:
      base +
      main('') +
      module("import { RouterModule } from '@nestjs/core';", "RouterModule.register([{ path: 'admin', module: X }])"),
    unserved: ['/'],
    served: ['/health', '/admin/health'],
  },
  {
    name: 'NestJS: a controller of another file, and its own decorator',
    files: `${base}${main('')}${module("import { UsersModule } from './users/users.module';", 'UsersModule')}--- src/users/users.module.ts
import { Module } from '@nestjs/common';
import { UsersController } from './users.controller';
@Module({ controllers: [UsersController] })
export class UsersModule {}
--- src/users/users.controller.ts
import { Controller, Get, Param } from '@nestjs/common';
import { PublicGet } from '../decorators';
@Controller({ path: 'users', version: '1' })
export class UsersController {
  @Get(':id')
  one(@Param('id') id: string) { return id; }
  @PublicGet('list')
  all() { return []; }
}
--- src/decorators.ts
export const PublicGet = (path: string) => path;
`,
    unserved: ['/', '/user'],
    served: ['/users/7', '/users/list', '/health'],
  },
  {
    name: 'NestJS: middleware that compares the path',
    files: `${base}${main('', "import { probe } from './probe';")}${plain}--- src/probe.ts
export function probe(req, res, next) { return req.url === '/up' ? res.end() : next(); }
`,
    unserved: ['/'],
    served: ['/up'],
  },
  {
    name: 'NestJS: routes of the server below it',
    files: base + main("app.getHttpAdapter().getInstance().get('/up', (req, res) => res.end());") + plain,
    served: ['/', '/up'],
  },
];

testServed(rows);
