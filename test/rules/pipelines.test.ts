// Which pipelines the rules on pipelines speak of: a row is the steps of a job, and what is found.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allReports, analyze, readMarked } from './workspace.ts';

const IDS = /^(?:pipeline-|task-definition-owned)/;

async function found(files: string): Promise<readonly string[]> {
  const reports = allReports(await analyze(readMarked(files).files));
  return reports.filter(({ rule }) => IDS.test(rule)).map(({ rule }) => rule.replace('pipeline-', ''));
}

const run = (...lines: readonly string[]): string =>
  `      - run: |\n${lines.map((line) => `          ${line}\n`).join('')}`;
const job = (...steps: readonly string[]): string =>
  `--- .github/workflows/deploy.yml\non: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n${steps.join('')}`;

const IMAGE = '1.dkr.ecr.eu-west-1.amazonaws.com/web';
const push = (tag: string): string => run(`docker build -t ${IMAGE}:${tag} .`, `docker push ${IMAGE}:${tag}`);
const force = run('aws ecs update-service --cluster c --service web --force-new-deployment');
const wait = run('aws ecs wait services-stable --cluster c --services web');
const deploy = (...inputs: readonly string[]): string =>
  `      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n        with:\n          task-definition: task.json\n${inputs.map((input) => `          ${input}\n`).join('')}`;
const stable = 'wait-for-service-stability: true';

const rows: readonly (readonly [name: string, files: string, expected: readonly string[]])[] = [
  ['push and force', job(push('$GITHUB_SHA'), force, wait), ['reuses-task-definition']],
  ['force alone', job(force, wait), []],
  [
    'a family by its name',
    job(
      push('$GITHUB_SHA'),
      run('aws ecs update-service --service web --task-definition web --force-new-deployment'),
      wait,
    ),
    ['reuses-task-definition'],
  ],
  [
    'a revision by a variable',
    job(
      push('$GITHUB_SHA'),
      run('aws ecs update-service --service web --task-definition "$ARN" --force-new-deployment'),
      wait,
    ),
    [],
  ],
  [
    'registered in a substitution',
    job(
      push('$GITHUB_SHA'),
      run('ARN=$(aws ecs register-task-definition --cli-input-json file://t.json)'),
      force,
      wait,
    ),
    [],
  ],
  ['Terraform in the same pipeline', job(push('$GITHUB_SHA'), run('terraform apply -auto-approve'), force, wait), []],
  ['a script of the repository', job(push('$GITHUB_SHA'), run('./scripts/deploy.sh'), force, wait), []],
  [
    'an action of the repository',
    job(push('$GITHUB_SHA'), '      - uses: ./.github/actions/register\n', force, wait),
    [],
  ],
  [
    'no wait',
    job(push('$GITHUB_SHA'), run('aws ecs register-task-definition --cli-input-json file://t.json'), force),
    ['does-not-wait'],
  ],
  ['only latest', job(push('latest'), deploy('service: web', stable)), ['pushes-latest-only']],
  [
    'no tag',
    job(run(`docker build -t ${IMAGE} .`, `docker push ${IMAGE}`), deploy('service: web', stable)),
    ['pushes-latest-only'],
  ],
  [
    'a registry that the run tells',
    job(
      run('docker build -t $REGISTRY/web:latest .', 'docker push $REGISTRY/web:latest'),
      deploy('service: web', stable),
    ),
    ['pushes-latest-only'],
  ],
  [
    'an image that a variable names',
    job(run('docker build -t $IMAGE .', 'docker push $IMAGE'), deploy('service: web', stable)),
    [],
  ],
  [
    'a default in a variable',
    job(
      run(`docker build -t "${IMAGE}:\${TAG:-latest}" .`, 'docker push --all-tags web'),
      deploy('service: web', stable),
    ),
    [],
  ],
  [
    'latest and the commit',
    job(
      run(`docker build -t ${IMAGE}:latest -t ${IMAGE}:$GITHUB_SHA .`, `docker push --all-tags ${IMAGE}`),
      deploy('service: web', stable),
    ),
    [],
  ],
  [
    'the commit tagged afterwards',
    job(
      push('latest'),
      run(`docker tag ${IMAGE}:latest ${IMAGE}:$GITHUB_SHA`, `docker push ${IMAGE}:$GITHUB_SHA`),
      deploy('service: web', stable),
    ),
    [],
  ],
  [
    'tagged in the registry',
    job(
      push('latest'),
      run(`docker buildx imagetools create -t ${IMAGE}:$GITHUB_SHA ${IMAGE}:latest`),
      deploy('service: web', stable),
    ),
    [],
  ],
  [
    'a tag that depends on the branch',
    job(
      run(
        'TAG=$GITHUB_SHA',
        'if [ "$BRANCH" = main ]; then',
        '  TAG=latest',
        'fi',
        `docker build -t ${IMAGE}:$TAG .`,
        `docker push ${IMAGE}:$TAG`,
      ),
      deploy('service: web', stable),
    ),
    [],
  ],
  ['an image that nothing deploys', job(push('latest')), []],
  ['an action that waits', job(deploy('service: web', stable)), []],
  ['an action that does not', job(deploy('service: web')), ['does-not-wait']],
  [
    'an action that an input tells to wait',
    job(deploy('service: web', 'wait-for-service-stability: ${{ inputs.wait }}')),
    [],
  ],
  ['an action that only registers', job(deploy()), []],
  ['a wait in a later job', `${job(deploy('service: web'))}  verify:\n    needs: deploy\n    steps:\n${wait}`, []],
  [
    'a script that somebody starts',
    `--- deploy.sh\n#!/bin/sh\naws ecs update-service --service web --force-new-deployment\n`,
    [],
  ],
  [
    'a script that pushes and forces',
    `--- deploy.sh\n#!/bin/sh\ndocker build -t ${IMAGE}:$1 .\ndocker push ${IMAGE}:$1\naws ecs update-service --service web --force-new-deployment\n`,
    ['reuses-task-definition'],
  ],
  [
    'CodeBuild',
    `--- buildspec.yml\nversion: 0.2\nphases:\n  build:\n    commands:\n      - docker build -t ${IMAGE}:latest .\n      - docker push ${IMAGE}:latest\n      - aws ecs update-service --service web --force-new-deployment\n`,
    ['pushes-latest-only', 'reuses-task-definition', 'does-not-wait'],
  ],
  ['a composite action', `--- deploy/action.yml\nruns:\n  using: composite\n  steps:\n${force}`, []],
];

for (const [name, files, expected] of rows) {
  test(name, async () => {
    assert.deepEqual([...(await found(files))].sort(), [...expected].sort());
  });
}
