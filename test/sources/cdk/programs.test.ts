// How values find their way through a CDK program: constants, properties of stacks, classes, functions, loops and imports.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadGrammars, pythonStack, settle, shown, shownList, stack, type Texts } from './app.ts';

before(loadGrammars);

/** The mapped ports of every container, in order. */
function ports(texts: Texts): string {
  const tasks = settle(texts).of('taskDefinition');
  const containers = tasks.map(({ containerDefinitions }) =>
    shownList(containerDefinitions, ({ portMappings }) =>
      shownList(portMappings, (mapping) => shown(mapping.containerPort)),
    ),
  );
  return containers.join('; ');
}

const web = (port: string): string =>
  `new ecs_patterns.ApplicationLoadBalancedFargateService(this, 'Web', { taskImageOptions: { image, containerPort: ${port} } });`;

/** `port` is what the container port is written as. */
const rows: readonly (readonly [what: string, body: string, port: string, expected: string])[] = [
  ['a constant', 'const port = 8080;', 'port', '8080'],
  ['a property of an object', 'const config = { web: { port: 8080 } };', 'config.web.port', '8080'],
  ['parts of an object', 'const { port, other = 1 } = { port: 8080 };', 'port', '8080'],
  ['a number in a text', `const port = '8080';`, 'Number(port)', '8080'],
  ['a default for what nobody hands in', '', 'props.port ?? 8080', '8080'],
  ['a default behind the environment', '', 'Number(process.env.PORT || 8080)', '?${PORT}'],
  ['context of the command line', '', `this.node.tryGetContext('port') ?? 8080`, '?${port}'],
  ['a condition that is decided', `const stage = 'prod';`, `stage === 'prod' ? 80 : 8080`, '80'],
  ['a condition that is not', '', 'process.env.STAGE ? 80 : 8080', '80 | 8080'],
  ['a variable that is set again', 'let port = 80; port = 8080;', 'port', '8080'],
  ['one that a condition may set', 'let port = 80; if (process.env.X) { port = 8080; }', 'port', '?port'],
  ['one of a block that is another', 'const port = 80; if (true) { const port = 8080; }', 'port', '80'],
  ['a function of the program', 'const portOf = (base: number) => base;', 'portOf(8080)', '8080'],
  [
    'a function that may give two',
    'function portOf() { if (process.env.X) { return 80; } return 8080; }',
    'portOf()',
    '80 | 8080',
  ],
  ['a function that calls itself', 'function portOf(): number { return portOf(); }', 'portOf()', '?…'],
  ['a method', '', 'this.port()', '?…'],
  ['arithmetic', 'const base = 8000;', 'base + 80', '?base + 80'],
];

const textRows: readonly (readonly [text: string, expected: string])[] = [
  [`name.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('')`, 'MyWebApp'],
  [`name.substring(3)`, 'web-app'],
  [`name.replaceAll('-', '')`, 'mywebapp'],
  [`name.startsWith('my') ? 'mine' : 'other'`, 'mine'],
  [`\` \${name} \`.trim()`, 'my-web-app'],
  ['name.slice(from)', '?…'],
  ['name.split(by)[0]', '?….0'],
];

describe('a text', () => {
  for (const [text, expected] of textRows) {
    it(text, () => {
      const app = settle(
        stack(`const name = 'my-web-app';\nnew ecs.FargateTaskDefinition(this, 'Task', { family: ${text} });`),
      );
      assert.equal(shown(app.only('taskDefinition').family), expected);
    });
  }
});

describe('a port', () => {
  for (const [what, body, port, expected] of rows) {
    it(what, () => assert.equal(ports(stack(`${body}\n${web(port)}`)), expected));
  }
});

const manyRows: readonly (readonly [what: string, body: string, expected: string])[] = [
  [
    'a loop over a list',
    `for (const port of [8080, 9090]) { new ecs_patterns.ApplicationLoadBalancedFargateService(this, \`Web\${port}\`, { taskImageOptions: { image, containerPort: port } }); }`,
    '8080; 9090',
  ],
  [
    '`forEach` over the entries of an object',
    `Object.entries({ a: { port: 8080 }, b: { port: 9090 } }).forEach(([name, { port }]) => { ${web('port').replace("'Web'", 'name')} });`,
    '8080; 9090',
  ],
  ['a loop over what cannot be seen', `for (const app of load()) { ${web('app.port')} }`, '?….port'],
  ['what a condition decides', `if (process.env.X) { ${web('8080')} } else { ${web('9090')} }`, '8080; 9090'],
  ['`switch`', `switch (process.env.X) { case 'a': ${web('8080')} break; default: ${web('9090')} }`, '8080; 9090'],
  ['code that never runs', `if (false) { ${web('8080')} }`, ''],
  [
    'a port that a condition may add',
    `const task = new ecs.FargateTaskDefinition(this, 'Task');
const app = task.addContainer('app', { image, portMappings: [{ containerPort: 8080 }] });
if (process.env.ADMIN) app.addPortMappings({ containerPort: 9090 });`,
    '8080, 9090 …',
  ],
  [
    'a task definition that a library may change',
    `const task = new ecs.FargateTaskDefinition(this, 'Task');
task.addContainer('app', { image, portMappings: [{ containerPort: 8080 }] });
decorate(task);`,
    '8080 …',
  ],
];

describe('several', () => {
  for (const [what, body, expected] of manyRows) it(what, () => assert.equal(ports(stack(body)), expected));
});

const entry = `import { App } from 'aws-cdk-lib';
import { WebStack } from '../lib/web';
new WebStack(new App(), 'Web', { port: 8080 });`;

const imports = `import { Stack, aws_ecs as ecs, aws_ecs_patterns as patterns } from 'aws-cdk-lib';`;

const service = (port: string): string =>
  `new patterns.ApplicationLoadBalancedFargateService(this, 'Web', { taskImageOptions: { image, containerPort: ${port} } });`;

const programs: readonly (readonly [what: string, files: Texts, expected: string])[] = [
  [
    'properties of a stack in another file',
    {
      'bin/app.ts': entry,
      'lib/web.ts': `${imports}
export class WebStack extends Stack { constructor(scope, id, props) { super(scope, id, props); ${service('props.port')} } }`,
    },
    '8080',
  ],
  [
    'fields of a class and its base',
    {
      'bin/app.ts': entry,
      'lib/web.ts': `${imports}
abstract class Base extends Stack {
  protected readonly offset = 1;
  constructor(scope, id, protected readonly props) { super(scope, id); this.build(); }
  protected abstract build(): void;
}
export class WebStack extends Base { private static readonly port = 9090; build() { ${service('WebStack.port')} ${service('this.props.port').replace("'Web'", "'Other'")} } }`,
    },
    '9090; 8080',
  ],
  [
    'constants behind an index file',
    {
      'bin/app.ts': entry,
      'lib/web.ts': `${imports}
import { ports } from './config';
import defaults from './config/defaults.js';
export class WebStack extends Stack { constructor(scope, id, props) { super(scope, id, props); ${service('ports.web')} ${service('defaults.port').replace("'Web'", "'Other'")} } }`,
      'lib/config/index.ts': `export * from './ports';`,
      'lib/config/ports.ts': 'export const ports = { web: 7070 } as const;',
      'lib/config/defaults.ts': 'export default { port: 6060 };',
    },
    '7070; 6060',
  ],
  [
    'CommonJS',
    {
      'cdk.json': '{ "app": "node bin/app" }',
      'bin/app.js': `const cdk = require('aws-cdk-lib');
const { WebStack } = require('../lib/web');
new WebStack(new cdk.App(), 'Web', { port: 8080 });`,
      'lib/web.js': `const { Stack } = require('aws-cdk-lib');
const patterns = require('aws-cdk-lib/aws-ecs-patterns');
class WebStack extends Stack { constructor(scope, id, props) { super(scope, id, props); ${service('props.port')} } }
module.exports = { WebStack };`,
    },
    '8080',
  ],
  [
    'the first version of the CDK',
    {
      'bin/app.ts': entry.replace('aws-cdk-lib', '@aws-cdk/core'),
      'lib/web.ts': `import * as cdk from '@aws-cdk/core';
import * as patterns from '@aws-cdk/aws-ecs-patterns';
export class WebStack extends cdk.Stack { constructor(scope, id, props) { super(scope, id, props); ${service('props.port')} } }`,
    },
    '8080',
  ],
  [
    'a class that extends a construct of the library',
    {
      'bin/app.ts': entry,
      'lib/web.ts': `${imports}
class Web extends patterns.ApplicationLoadBalancedFargateService {
  constructor(scope, id, port) { super(scope, id, { taskImageOptions: { image, containerPort: port } }); }
}
export class WebStack extends Stack { constructor(scope, id, props) { super(scope, id, props); new Web(this, 'Web', props.port); } }`,
    },
    '8080',
  ],
];

const started: readonly (readonly [what: string, files: Texts])[] = [
  [
    'a file that is imported for what it does',
    {
      'bin/app.ts': `import './stacks';`,
      'bin/stacks.ts': `${imports}\nimport { App } from 'aws-cdk-lib';
class WebStack extends Stack { constructor(scope, id) { super(scope, id); ${service('8080')} } }
new WebStack(new App(), 'Web');`,
    },
  ],
  [
    'a function that waits',
    {
      'bin/app.ts': `${imports}\nimport { App } from 'aws-cdk-lib';
async function main() { const stack = new Stack(new App(), 'Web'); ${service('8080').replace('this', 'stack')} }
void main();`,
    },
  ],
  [
    'a function without a name',
    {
      'bin/app.ts': `${imports}\nimport { App } from 'aws-cdk-lib';
(async () => { const stack = new Stack(new App(), 'Web'); ${service('8080').replace('this', 'stack')} })().catch(console.error);`,
    },
  ],
];

describe('programs start with', () => {
  for (const [what, files] of started) {
    it(what, () => assert.equal(ports({ 'cdk.json': '{ "app": "npx tsx bin/app.ts" }', ...files }), '8080'));
  }
});

describe('programs', () => {
  for (const [what, files, expected] of programs) {
    it(what, () => {
      const texts = { 'cdk.json': '{ "app": "npx ts-node bin/app.ts" }', ...files };
      assert.equal(ports(texts), expected);
    });
  }

  it('name the places that a value came by', () => {
    const [, files] = programs[0] ?? [];
    const app = settle({ 'cdk.json': '{ "app": "npx tsx bin/app.ts" }', ...files });
    const port = app.only('taskDefinition').containerDefinitions.items[0]?.portMappings.items[0]?.containerPort;
    assert(port?.state === 'known');
    assert.equal(port.at.uri, 'file:///repo/bin/app.ts');
    assert.deepEqual(
      port.trail?.map(({ text }) => text),
      ['props.port'],
    );
  });
});

const pythonWeb = (port: string): string =>
  `ecs_patterns.ApplicationLoadBalancedFargateService(self, "Web", task_image_options=ecs_patterns.ApplicationLoadBalancedTaskImageOptions(image=image, container_port=${port}))`;

const pythonRows: readonly (readonly [what: string, body: string, port: string, more: Texts, expected: string])[] = [
  ['a constant', 'port = 8080', 'port', {}, '8080'],
  ['a number in a text', 'port = "8080"', 'int(port)', {}, '8080'],
  ['the environment', 'port = os.environ.get("PORT", "80")', 'int(port)', {}, '?${PORT}'],
  ['a dictionary', 'config = {"port": 8080}', 'config["port"]', {}, '8080'],
  ['a default of a dictionary', 'config = {}', 'config.get("port", 8080)', {}, '8080'],
  ['a variable that a condition may set', 'port = 80\nif os.environ.get("X"):\n    port = 8080', 'port', {}, '?port'],
  ['a function', 'def port_of(base):\n    return base', 'port_of(8080)', {}, '8080'],
  ['a module of the program', 'from config import PORT', 'PORT', { 'config.py': 'PORT = 8080' }, '8080'],
];

describe('a port in Python', () => {
  for (const [what, body, port, more, expected] of pythonRows) {
    it(what, () => assert.equal(ports(pythonStack(`${body}\n${pythonWeb(port)}`, more)), expected));
  }

  it('a data class', () => {
    const texts = pythonStack(`from_settings = Settings(port=8080)\n${pythonWeb('from_settings.port')}`);
    const app = (texts['app.py'] ?? '').replace(
      'class WebStack',
      'from dataclasses import dataclass\n\n\n@dataclass\nclass Settings:\n    port: int\n    name: str = "web"\n\n\nclass WebStack',
    );
    assert.equal(ports({ ...texts, 'app.py': app }), '8080');
  });

  it('packages of stacks', () => {
    const stacks = pythonStack(pythonWeb('PORT'))['app.py'] ?? '';
    const texts: Texts = {
      'cdk.json': '{ "app": "python3 app.py" }',
      'app.py':
        'import aws_cdk as cdk\nfrom stacks.web import WebStack\n\napp = cdk.App()\nWebStack(app, "Web")\napp.synth()\n',
      'stacks/web.py': `from .settings import PORT\n${stacks.replace(/\n\nWebStack\(App\(\), "Web"\)\n$/, '\n')}`,
      'stacks/settings.py': 'PORT = 8080\n',
    };
    assert.equal(ports(texts), '8080');
  });
});

describe('the command of cdk.json', () => {
  const rows: readonly (readonly [command: string, file: string])[] = [
    ['npx ts-node --prefer-ts-exts bin/app.ts', 'bin/app.ts'],
    ['npx tsx bin/app.ts', 'bin/app.ts'],
    ['node -r esbuild-register bin/app.ts', 'bin/app.ts'],
    ['node bin/app.js', 'bin/app.ts'],
    ['node dist/bin/app.js', 'bin/app.ts'],
    ['npm run build && node bin/app', 'bin/app.js'],
    ['yarn ts-node infra', 'infra/index.ts'],
    ['python3 app.py', 'app.py'],
    ['uv run python app.py', 'app.py'],
    ['.venv/bin/python3 -m app', 'app.py'],
    ['poetry run python src/app.py', 'src/app.py'],
  ];
  for (const [command, file] of rows) {
    it(command, () => {
      const text = file.endsWith('.py') ? pythonStack(pythonWeb('8080'))['app.py'] : stack(web('8080'))['bin/app.ts'];
      assert.equal(ports({ 'cdk.json': JSON.stringify({ app: command }), [file]: text ?? '' }), '8080');
    });
  }

  it('that starts no file in view says nothing', () => {
    assert.equal(ports({ ...stack(web('8080')), 'cdk.json': '{ "app": "./gradlew run" }' }), '');
  });
});
