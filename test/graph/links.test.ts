// Containers of small workspaces: which Dockerfile each is linked to, how surely, and what then listens.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { createAnalysisHost } from '../../server/src/engine/index.ts';
import type { DeployedContainer } from '../../server/src/graph/deployment.ts';
import { grammarFile } from '../../server/src/tools/grammars.ts';
import { analyze, pathOf } from '../rules/workspace.ts';

type Files = Readonly<Record<string, string>>;

interface Row {
  readonly name: string;
  /** A task definition's containers, as JSON. */
  readonly containers: readonly Readonly<Record<string, unknown>>[];
  readonly family?: string;
  readonly files: Files;
  /** For each container `Dockerfile`, with a `?` where it is uncertain, or nothing; then its ports where they are told. */
  readonly expected: readonly string[];
}

const NODE = 'FROM node:22-alpine\nCMD ["node", "server.js"]\n';

const serving = (port: string, more = ''): string =>
  `FROM python:3.12-slim\n${more}CMD ["gunicorn", "--bind", "0.0.0.0:${port}", "app:app"]\n`;

const rows: readonly Row[] = [
  {
    name: 'compose: the image decides, then the name of the service',
    containers: [
      { name: 'one', image: 'acme/web:1' },
      { name: 'api', image: '<IMAGE>' },
    ],
    files: {
      'docker-compose.yml':
        'services:\n  front:\n    build: ./ui\n    image: acme/web\n  api:\n    build:\n      context: .\n      dockerfile: core/Dockerfile.release\n',
      'ui/Dockerfile': NODE,
      'core/Dockerfile.release': NODE,
    },
    expected: ['ui/Dockerfile', 'core/Dockerfile.release?'],
  },
  {
    name: 'compose: a Dockerfile for development is not what runs',
    containers: [{ name: 'api', image: '<IMAGE>' }],
    files: {
      'docker-compose.yml': 'services:\n  api:\n    build: { context: ., dockerfile: Dockerfile.dev }\n',
      Dockerfile: NODE,
      'Dockerfile.dev': NODE,
    },
    expected: ['Dockerfile?'],
  },
  {
    name: 'a workflow beats a compose file, and a pushed build one for tests',
    containers: [{ name: 'api', image: 'acme/api:1' }],
    files: {
      'docker-compose.yml': 'services:\n  api:\n    build: ./old\n    image: acme/api\n',
      '.github/workflows/ci.yml':
        'on: push\njobs:\n  a:\n    steps:\n      - run: docker build -t acme/api:test check\n      - run: |\n          docker build -t acme/api:1 new\n          docker push acme/api:1\n',
      'old/Dockerfile': NODE,
      'check/Dockerfile': NODE,
      'new/Dockerfile': NODE,
    },
    expected: ['new/Dockerfile'],
  },
  {
    name: 'a deploy script in a folder of its own, a Makefile beside the sources',
    containers: [
      { name: 'one', image: '1.dkr.ecr.eu-west-1.amazonaws.com/one:1' },
      { name: 'two', image: '1.dkr.ecr.eu-west-1.amazonaws.com/two:1' },
    ],
    files: {
      'scripts/deploy.sh': 'cd "$(dirname "$0")/.."\ndocker build -t one -f docker/first .\n',
      'apps/second/Makefile': 'image:\n\tdocker build -t two .\n',
      'docker/Dockerfile.first': NODE,
      'apps/second/Dockerfile': NODE,
      'apps/third/Dockerfile': NODE,
    },
    expected: ['', 'apps/second/Dockerfile'],
  },
  {
    name: 'a buildspec beside the sources of its service',
    containers: [{ name: 'app', image: '1.dkr.ecr.eu-west-1.amazonaws.com/shop-backend:1' }],
    files: {
      'server/buildspec.yml':
        'version: 0.2\nphases:\n  build:\n    commands:\n      - docker build -t shop-backend .\n',
      'server/Dockerfile': NODE,
      'web/Dockerfile': NODE,
    },
    expected: ['server/Dockerfile'],
  },
  {
    name: 'a reusable workflow, called once for each service',
    containers: [
      { name: 'one', image: '1.dkr.ecr.eu-west-1.amazonaws.com/shop-a:1' },
      { name: 'two', image: '1.dkr.ecr.eu-west-1.amazonaws.com/shop-b:1' },
    ],
    files: {
      '.github/workflows/deploy.yml': `on: push
jobs:
  first:
    uses: ./.github/workflows/image.yml
    with: { repository: shop-a, folder: ui }
  others:
    strategy:
      matrix:
        include: [{ repository: shop-b, folder: core }]
    uses: ./.github/workflows/image.yml
    with:
      repository: \${{ matrix.repository }}
      folder: \${{ matrix.folder }}
`,
      '.github/workflows/image.yml': `on:
  workflow_call:
    inputs:
      repository: { type: string, required: true }
      folder: { type: string }
      dockerfile: { type: string, default: Dockerfile.release }
jobs:
  image:
    env:
      REPOSITORY: \${{ inputs.repository }}
    steps:
      - uses: docker/build-push-action@v6
        with:
          context: \${{ inputs.folder }}
          file: \${{ inputs.folder }}/\${{ inputs.dockerfile }}
          tags: \${{ steps.login.outputs.registry }}/\${{ env.REPOSITORY }}:1
          push: true
`,
      'ui/Dockerfile.release': NODE,
      'core/Dockerfile.release': NODE,
      'core/Dockerfile': NODE,
    },
    expected: ['ui/Dockerfile.release', 'core/Dockerfile.release'],
  },
  {
    name: 'a composite action that builds what the workflow writes into the container',
    containers: [{ name: 'web', image: 'REPLACED' }],
    files: {
      '.github/workflows/deploy.yml': `on: push
jobs:
  deploy:
    steps:
      - id: image
        uses: ./.github/actions/image
        with: { folder: second }
      - uses: aws-actions/amazon-ecs-render-task-definition@v1
        with:
          task-definition: task.json
          container-name: web
          image: \${{ steps.image.outputs.name }}
`,
      '.github/actions/image/action.yml': `inputs:
  folder: { required: true }
runs:
  using: composite
  steps:
    - shell: bash
      run: docker build -t "$REGISTRY/$NAME" \${{ inputs.folder }}
`,
      'first/Dockerfile': NODE,
      'second/Dockerfile': NODE,
    },
    expected: ['second/Dockerfile'],
  },
  {
    name: 'workflows that call each other in a circle',
    containers: [{ name: 'web', image: 'acme/web' }],
    files: {
      '.github/workflows/a.yml': 'jobs:\n  x:\n    uses: ./.github/workflows/b.yml\n',
      '.github/workflows/b.yml': 'jobs:\n  x:\n    uses: ./.github/workflows/a.yml\n',
      'web/Dockerfile': NODE,
    },
    expected: ['web/Dockerfile?'],
  },
  {
    name: 'public images that nothing here builds',
    containers: [{ name: 'dashboards', image: 'grafana/grafana-image-renderer:3' }],
    files: { Dockerfile: NODE },
    expected: [''],
  },
  {
    name: 'an image of another name on Docker Hub',
    containers: [{ name: 'voice', image: 'someone/teamspeak' }],
    family: 'bot',
    files: { Dockerfile: NODE },
    expected: [''],
  },
  {
    name: 'an image on Docker Hub that carries the name of the project',
    containers: [{ name: 'web', image: 'someone/shop-backend' }],
    family: 'shop',
    files: { Dockerfile: NODE },
    expected: ['Dockerfile?'],
  },
  {
    name: 'an image in a registry of one’s own, and a placeholder',
    containers: [{ name: 'web', image: '1.dkr.ecr.eu-west-1.amazonaws.com/anything:1' }],
    files: { Dockerfile: NODE },
    expected: ['Dockerfile?'],
  },
  {
    name: 'arguments of the build beat the defaults of ARG',
    containers: [{ name: 'web', image: 'acme/web:1' }],
    files: {
      'build.sh': 'docker build --build-arg PORT=9000 --build-arg OTHER=1 -t acme/web .\n',
      Dockerfile: serving('5000', 'ARG PORT=8000\nENV PORT=$PORT\n')
        .replace('0.0.0.0:5000', '0.0.0.0:${PORT}')
        .replace(/CMD .*/, 'CMD gunicorn --bind 0.0.0.0:$PORT app:app'),
    },
    expected: ['Dockerfile 9000'],
  },
  {
    name: 'arguments without a default, inside of a text, and behind a default of the use',
    containers: [
      { name: 'one', image: 'acme/one' },
      { name: 'two', image: 'acme/two' },
      { name: 'three', image: 'acme/three' },
    ],
    files: {
      'docker-compose.yml': ['one', 'two', 'three']
        .map((name) => `  ${name}:\n    image: acme/${name}\n    build: { context: ./${name}, args: { P: 81 } }\n`)
        .join('')
        .replace(/^/, 'services:\n'),
      'one/Dockerfile': `FROM python:3\nARG P\nENV GUNICORN_CMD_ARGS=--bind=:$P\nCMD ["gunicorn", "app:app"]\n`,
      'two/Dockerfile': `FROM python:3\nARG P=80\nENV GUNICORN_CMD_ARGS=--bind=:$P\nCMD ["gunicorn", "app:app"]\n`,
      'three/Dockerfile': `FROM python:3\nARG P\nENV PORT=\${P:-80}\nCMD ["gunicorn", "app:app"]\n`,
    },
    expected: ['one/Dockerfile 81', 'two/Dockerfile 81', 'three/Dockerfile 81'],
  },
  {
    name: 'an argument whose value the pipeline computes',
    containers: [{ name: 'web', image: 'acme/web:1' }],
    files: {
      'build.sh': 'docker build --build-arg P=$(cat port) -t acme/web .\n',
      Dockerfile: 'FROM python:3\nARG P=80\nENV PORT=$P\nCMD ["gunicorn", "app:app"]\n',
    },
    expected: ['Dockerfile unknown'],
  },
  {
    name: 'the stage that the build names',
    containers: [{ name: 'web', image: 'acme/web:1' }],
    files: {
      'build.sh': 'docker build --target second -t acme/web .\n',
      Dockerfile: `FROM python:3 AS first\nFROM first AS second\nCMD ["gunicorn", "-b", ":2", "a:a"]\nFROM first\nCMD ["gunicorn", "-b", ":3", "a:a"]\n`,
    },
    expected: ['Dockerfile 2'],
  },
];

function shown(container: DeployedContainer, withPorts: boolean): string {
  const { dockerfile, listens } = container;
  if (!dockerfile) return '';
  const link = `${pathOf(dockerfile.uri)}${dockerfile.link.certain ? '' : '?'}`;
  if (!withPorts) return link;
  const ports = listens.state === 'known' ? listens.ports.map(({ port }) => port.value).join(' ') : listens.state;
  return `${link} ${ports}`;
}

before(async () => {
  const host = createAnalysisHost();
  for (const name of ['web-tree-sitter', 'python', 'javascript']) {
    await host.loadGrammar(name, await readFile(grammarFile(name)));
  }
});

for (const { name, containers, family = 'family', files, expected } of rows) {
  test(name, async () => {
    const task = JSON.stringify({ family, networkMode: 'awsvpc', containerDefinitions: containers });
    const host = await analyze(new Map([...Object.entries(files), ['task.json', task]]));
    const found = host.deployments().flatMap(({ deployment }) => deployment.containers);
    assert.deepEqual(
      found.map((container, index) => shown(container, / /.test(expected[index] ?? ''))),
      expected,
    );
  });
}
