// Which image builds are read out of pipelines, scripts and compose files: one row a way of writing them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pipeline } from '../../server/src/facts/pipeline.ts';
import { sources } from '../../server/src/sources/index.ts';
import { short, slice } from './marks.ts';

interface Row {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  /** Each build: tags, context, Dockerfile, target and arguments as far as they are not absent; `pushes` where it does. */
  readonly builds: readonly Readonly<Record<string, unknown>>[];
}

const rows: readonly Row[] = [
  {
    name: 'GitLab CI: variables, before_script and cd',
    path: '.gitlab-ci.yml',
    text: `variables:
  IMAGE: $CI_REGISTRY_IMAGE/shop
default:
  image: docker:27
build:
  before_script:
    - cd api
  script:
    - docker build -t "$IMAGE:$CI_COMMIT_SHA" -f Dockerfile.prod --build-arg PORT=8080 .
    - docker push "$IMAGE:$CI_COMMIT_SHA"
`,
    builds: [
      {
        tags: ['dynamic: $CI_REGISTRY_IMAGE/shop:$CI_COMMIT_SHA'],
        context: '.',
        dockerfile: 'Dockerfile.prod',
        folder: 'api',
        arguments: ['PORT=8080'],
        pushes: true,
      },
    ],
  },
  {
    name: 'CircleCI: run steps as text and as mapping',
    path: '.circleci/config.yml',
    text: `version: 2.1
jobs:
  image:
    docker: [{ image: cimg/base:current }]
    environment: { REPOSITORY: acme/shop }
    steps:
      - checkout
      - run: docker build -t $REPOSITORY:1 web
      - run:
          name: Push
          command: |
            docker push $REPOSITORY:1
`,
    builds: [{ tags: ['acme/shop:1'], context: 'web', pushes: true }],
  },
  {
    name: 'CircleCI: the orb of ECR',
    path: '.circleci/config.yml',
    text: `workflows:
  all:
    jobs:
      - aws-ecr/build-and-push-image:
          repo: shop
          path: services/shop
          dockerfile: Dockerfile.ecs
`,
    builds: [{ tags: ['shop'], context: 'services/shop', dockerfile: 'Dockerfile.ecs', pushes: true }],
  },
  {
    name: 'Azure Pipelines: the Docker task, whose context is the folder of its Dockerfile',
    path: 'azure-pipelines.yml',
    text: `variables:
  - name: repo
    value: shop
steps:
  - task: Docker@2
    inputs:
      command: buildAndPush
      repository: $(repo)
      dockerfile: $(Build.SourcesDirectory)/src/Api/Dockerfile
  - script: docker build -t other:1 other
`,
    builds: [
      { tags: ['shop'], context: 'src/Api', dockerfile: 'src/Api/Dockerfile', pushes: true },
      { tags: ['other:1'], context: 'other' },
    ],
  },
  {
    name: 'Bitbucket Pipelines',
    path: 'bitbucket-pipelines.yml',
    text: `pipelines:
  default:
    - step:
        script:
          - export NAME=shop
          - docker build -t $NAME:$BITBUCKET_COMMIT .
`,
    builds: [{ tags: ['dynamic: shop:$BITBUCKET_COMMIT'], context: '.' }],
  },
  {
    name: 'buildspec: one shell runs all phases',
    path: 'ci/buildspec.prod.yml',
    text: `version: 0.2
env:
  variables:
    REPO: shop
phases:
  pre_build:
    commands:
      - URI=$ACCOUNT.dkr.ecr.eu-west-1.amazonaws.com/$REPO
      - cd app
  build:
    commands:
      - docker build -t $URI:latest --target runtime .
  post_build:
    commands:
      - docker push $URI:latest
`,
    builds: [
      {
        tags: ['dynamic: $ACCOUNT.dkr.ecr.eu-west-1.amazonaws.com/shop:latest'],
        context: '.',
        folder: 'app',
        target: 'runtime',
        pushes: true,
      },
    ],
  },
  {
    name: 'Taskfile',
    path: 'Taskfile.yml',
    text: `version: '3'
tasks:
  image:
    dir: backend
    cmds:
      - cmd: docker buildx build --push -t acme/shop:1 .
`,
    builds: [{ tags: ['acme/shop:1'], context: '.', folder: 'backend', pushes: true }],
  },
  {
    name: 'Makefile: variables, continued lines, quiet recipes',
    path: 'Makefile',
    text: `REPO ?= acme
IMAGE := $(REPO)/shop # the image
VERSION = $(shell git describe)

image: deps
\t@docker build \\
\t\t-t $(IMAGE):1 -f docker/Dockerfile .

push:
\tdocker push $(IMAGE):1
`,
    builds: [{ tags: ['acme/shop:1'], context: '.', dockerfile: 'docker/Dockerfile', pushes: true }],
  },
  {
    name: 'a deploy script that finds its own folder',
    path: 'scripts/deploy.sh',
    text: `#!/usr/bin/env bash
set -euo pipefail
ROOT="$(cd "$(dirname "\${BASH_SOURCE[0]}")/.." && pwd)"
TAG=\${1:-latest}
docker build -t "shop:$TAG" -f "$ROOT/docker/Dockerfile" "$ROOT"
`,
    builds: [{ tags: ['dynamic: shop:${1:-latest}'], context: '/repo', dockerfile: '/repo/docker/Dockerfile' }],
  },
  {
    name: 'a deploy script that goes to the folder above its own',
    path: 'scripts/build-image.sh',
    text: `cd $(dirname $0)/../web\ndocker build -t shop .\n`,
    builds: [{ tags: ['shop'], context: '.', folder: '/repo/web' }],
  },
  {
    name: 'compose: short and long builds, arguments as mapping and list',
    path: 'docker-compose.yml',
    text: `services:
  web:
    build: ./web
    image: acme/web:\${TAG:-latest}
  api:
    build:
      context: .
      dockerfile: docker/api.Dockerfile
      target: runtime
      args:
        PORT: 8080
        TOKEN: \${TOKEN}
  job:
    build:
      args: [MODE=all, SECRET]
  db:
    image: postgres:16
`,
    builds: [
      { tags: ['dynamic: acme/web:${TAG:-latest}'], context: './web', service: 'web' },
      {
        tags: [],
        context: '.',
        dockerfile: 'docker/api.Dockerfile',
        target: 'runtime',
        arguments: ['PORT=8080', 'TOKEN=dynamic: ${TOKEN}'],
        service: 'api',
      },
      { tags: [], arguments: ['MODE=all', 'SECRET=dynamic: $'], service: 'job' },
    ],
  },
];

function read({ path, text }: Pick<Row, 'path' | 'text'>): Pipeline | undefined {
  const uri = `file:///repo/${path}`;
  const source = sources.find((one) => {
    const claim = one.claims(uri);
    return claim === 'yes' || (claim === 'maybe' && (one.recognizes?.(text) ?? true));
  });
  const facts = source?.extract({ uri, text }).facts ?? [];
  return facts.find((fact) => fact.kind === 'pipeline');
}

function shown(pipeline: Pipeline | undefined): readonly Readonly<Record<string, unknown>>[] {
  return (pipeline?.builds ?? []).map((build) => {
    const values = {
      context: build.context,
      dockerfile: build.dockerfile,
      folder: build.workingDirectory,
      target: build.target,
    };
    const said = Object.entries(values).filter(([, value]) => value.state !== 'absent');
    const given = build.buildArguments.map((one) => `${short(one.name)}=${short(one.value)}`);
    return {
      tags: build.tags.map(short),
      ...Object.fromEntries(said.map(([name, value]) => [name, short(value)])),
      ...(given.length > 0 && { arguments: given }),
      ...(build.pushes && { pushes: true }),
      ...(build.service !== undefined && { service: build.service }),
    };
  });
}

for (const row of rows) {
  test(row.name, () => assert.deepEqual(shown(read(row)), row.builds));

  test(`${row.name}: places stand in the text, and damage does not matter`, () => {
    for (const build of read(row)?.builds ?? []) {
      for (const tag of build.tags) assert.match(slice(row.text, tag.at), /\w/);
    }
    for (let cut = 0; cut < row.text.length; cut += 5) read({ path: row.path, text: row.text.slice(0, cut) });
  });
}

test('files for one’s own machine and files that build nothing say nothing', () => {
  const text = 'services:\n  web:\n    build: .\n';
  assert.equal(read({ path: 'docker-compose.dev.yml', text }), undefined);
  assert.equal(read({ path: 'compose.override.yaml', text }), undefined);
  assert.equal(read({ path: 'Makefile', text: 'all:\n\tdocker ps\n' }), undefined);
  assert.equal(read({ path: 'scripts/deploy.sh', text: 'rsync -a . host:\n' }), undefined);
});
