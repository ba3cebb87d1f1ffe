// Writes workspaces of any number of services, the same bytes each time: per service a Dockerfile, a program, a task
// definition, a service definition, and 50 source files that have nothing to do with any of them.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const UNRELATED_FILES = 50;

export interface GeneratedService {
  readonly folder: string;
  readonly program: string;
  readonly taskDefinition: string;
  /** The text of the program when it listens where the task definition says, and when it does not. */
  readonly right: string;
  readonly wrong: string;
  /** Files that decide the deployment. */
  readonly files: readonly string[];
}

interface Kind {
  readonly program: string;
  readonly dockerfile: string;
  readonly others: Readonly<Record<string, string>>;
  text(port: number, name: string): string;
}

const flask: Kind = {
  program: 'app.py',
  dockerfile: 'FROM python:3.12-bookworm\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]\n',
  others: { 'requirements.txt': 'Flask==3.1.3\n' },
  text: (port, name) =>
    `from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.route('/')\ndef index():\n    return '${name}'\n\n\nif __name__ == '__main__':\n    app.run(host='0.0.0.0', port=${port})\n`,
};

const uvicorn: Kind = {
  program: 'main.py',
  dockerfile: 'FROM python:3.12-slim\nWORKDIR /srv\nCOPY . .\nENTRYPOINT ["python", "main.py"]\n',
  others: { 'requirements.txt': 'fastapi\nuvicorn\n' },
  text: (port, name) =>
    `import os\n\nimport uvicorn\nfrom fastapi import FastAPI\n\napp = FastAPI(title='${name}')\n\nif __name__ == '__main__':\n    uvicorn.run(app, host='0.0.0.0', port=int(os.environ.get('PORT', ${port})))\n`,
};

const express: Kind = {
  program: 'server.js',
  dockerfile:
    'FROM node:22-bookworm\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\nCMD ["npm", "start"]\n',
  others: { 'package.json': '{ "name": "service", "scripts": { "start": "node server.js" } }\n' },
  text: (port, name) =>
    `const express = require('express');\n\nconst app = express();\nconst port = process.env.PORT || ${port};\n\napp.get('/', (request, response) => response.send('${name}'));\n\napp.listen(port, () => console.log(port));\n`,
};

const typescript: Kind = {
  program: 'src/main.ts',
  dockerfile:
    'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm install && npm run build\n\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/dist ./dist\nCMD ["node", "dist/main.js"]\n',
  others: {
    'package.json': '{ "name": "service", "scripts": { "build": "tsc" } }\n',
    'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }\n',
  },
  text: (port, name) =>
    `import fastify from 'fastify';\n\nconst DEFAULT_PORT = ${port};\nconst server = fastify();\n\nserver.get('/', async () => ({ name: '${name}' }));\n\nawait server.listen({ port: Number(process.env.PORT ?? DEFAULT_PORT), host: '0.0.0.0' });\n`,
};

const kinds: readonly Kind[] = [flask, express, uvicorn, typescript];

/** Every tenth service listens on the wrong port. */
export function generateWorkspace(root: string, services: number): readonly GeneratedService[] {
  return Array.from({ length: services }, (_, index) => generateService(root, index));
}

function generateService(root: string, index: number): GeneratedService {
  const name = `service-${String(index).padStart(4, '0')}`;
  const folder = path.join(root, 'services', name);
  const kind = kinds[index % kinds.length] ?? flask;
  const port = 3000 + (index % 5000);
  const right = kind.text(port, name);
  const wrong = kind.text(port + 1, name);
  const files: Record<string, string> = {
    ...kind.others,
    Dockerfile: `${kind.dockerfile}EXPOSE ${port}\n`,
    [kind.program]: index % 10 === 9 ? wrong : right,
    'ecs/task-definition.json': taskDefinition(name, port),
    'ecs/service-definition.json': serviceDefinition(name, port),
  };
  const written = Object.entries(files).map(([file, text]) => write(path.join(folder, file), text));
  for (let i = 0; i < UNRELATED_FILES; i++) writeUnrelated(folder, i);
  return {
    folder,
    program: path.join(folder, kind.program),
    taskDefinition: path.join(folder, 'ecs/task-definition.json'),
    right,
    wrong,
    files: written,
  };
}

function taskDefinition(name: string, port: number): string {
  const container = {
    name,
    image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${name}:1.${port}.0`,
    essential: true,
    portMappings: [{ containerPort: port, protocol: 'tcp' }],
    environment: [{ name: 'STAGE', value: 'production' }],
  };
  return json({
    family: name,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole',
    containerDefinitions: [container],
  });
}

function serviceDefinition(name: string, port: number): string {
  const targetGroup = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup';
  return json({
    serviceName: name,
    taskDefinition: name,
    launchType: 'FARGATE',
    desiredCount: 2,
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    loadBalancers: [{ targetGroupArn: `${targetGroup}/${name}/0123`, containerName: name, containerPort: port }],
  });
}

/** About 1 KB each, in the languages the analysis reads, so that telling them apart by name alone is not enough. */
function writeUnrelated(folder: string, index: number): void {
  const python = index % 2 === 0;
  const name = `lib/part${index % 5}/module${index}.${python ? 'py' : 'ts'}`;
  const lines = Array.from({ length: 24 }, (_, line) =>
    python
      ? `def step_${index}_${line}(value): return value * ${line} + ${index}`
      : `export const step${index}_${line} = (value: number) => value * ${line} + ${index};`,
  );
  write(path.join(folder, name), `${lines.join('\n')}\n`);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function write(file: string, text: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
