// What pipelines do besides building and deploying: registering by other tools, waiting, scaling, tagging.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pipeline } from '../../server/src/facts/pipeline.ts';
import { deployScript } from '../../server/src/sources/deployScript.ts';
import { githubWorkflow } from '../../server/src/sources/githubWorkflow.ts';
import { extract, only, short } from './marks.ts';

function workflow(...steps: readonly string[]): Pipeline {
  const text = `on: push\njobs:\n  deploy:\n    steps:\n      - run: docker build -t acme/web:1 .\n${steps.join('')}`;
  return only(extract(githubWorkflow, text, 'file:///repo/.github/workflows/deploy.yml'), 'pipeline');
}

const run = (...lines: readonly string[]): string =>
  `      - run: |\n${lines.map((line) => `          ${line}\n`).join('')}`;

const registering: readonly (readonly [string, boolean])[] = [
  [run('terraform init', 'terraform apply -auto-approve'), true],
  [run('terraform plan'), false],
  [run('npx cdk deploy --all'), true],
  [run('npx --yes cdk deploy'), true],
  [run('aws --region eu-west-1 cloudformation deploy --template-file stack.yml'), true],
  [run('sudo -E terraform -chdir=infra apply'), true],
  [run('yarn deploy:production'), true],
  [run('yarn test'), false],
  [run('ecspresso deploy --config ecspresso.yml'), true],
  [run('copilot svc deploy --name web'), true],
  [run('aws cloudformation deploy --template-file stack.yml'), true],
  [run('aws cloudformation describe-stacks'), false],
  [run('REVISION=$(aws ecs register-task-definition --cli-input-json file://task.json)'), true],
  [run('# aws ecs register-task-definition comes later', 'echo ready'), false],
  [run('sudo ./scripts/deploy.sh'), true],
  ['      - uses: aws-actions/aws-cloudformation-github-deploy@v1\n', true],
  ['      - uses: hashicorp/setup-terraform@v3\n', false],
  ['      - uses: aws-actions/amazon-ecr-login@v2\n', false],
];

for (const [step, expected] of registering) {
  test(`registers ${expected ? 'perhaps' : 'nothing'}: ${step.trim()}`, () => {
    assert.equal(workflow(step).registrations.length > 0, expected);
  });
}

const waiting: readonly (readonly [string, readonly unknown[]])[] = [
  [run('aws ecs wait services-stable --services web'), [10]],
  [run('timeout 300 aws ecs wait services-stable --services web'), ['dynamic: ']],
  [run('for i in 1 2; do', '  aws ecs wait services-stable --services web && break', 'done'), [10, 10]],
  [run('until aws ecs wait services-stable --services web; do', '  sleep 1', 'done'), ['dynamic: ']],
  [
    run('aws ecs update-service --service web --force-new-deployment', 'aws ecs describe-services --services web'),
    ['dynamic: '],
  ],
  [run('aws ecs describe-services --services web'), []],
  [
    run('ASK="aws ecs describe-services --services web"', 'while [[ $($ASK) != done ]]; do', '  sleep 5', 'done'),
    ['dynamic: '],
  ],
];

for (const [step, expected] of waiting) {
  test(`waits: ${step.trim()}`, () => {
    assert.deepEqual(
      workflow(step).waits.map(({ minutes }) => short(minutes)),
      expected,
    );
  });
}

test('counts of a service, known and not', () => {
  const { counts, deploys } = workflow(
    run(
      'aws ecs update-service --cluster main --service web --desired-count 0',
      'aws ecs update-service --service $NAME --desired-count "$COUNT"',
    ),
  );
  assert.deepEqual(
    counts.map(({ service, cluster, count }) => [short(service), short(cluster), short(count)]),
    [
      ['web', 'main', 0],
      ['dynamic: $NAME', 'absent', 'dynamic: $COUNT'],
    ],
  );
  assert.equal(deploys.length, 0);
});

test('how long an action waits', () => {
  const step = (minutes: string): string =>
    `      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n        with:\n          service: web\n          task-definition: task.json\n          wait-for-minutes: ${minutes}\n`;
  const { deploys } = workflow(step('5'), step('${{ vars.MINUTES }}'));
  assert.deepEqual(
    deploys.map(({ waitForMinutes }) => short(waitForMinutes)),
    [5, 'dynamic: ${{ vars.MINUTES }}'],
  );
});

test('images that are tagged or pushed without a build', () => {
  const text =
    '#!/bin/sh\ndocker build -t web .\ndocker build -t api .\ndocker tag "$ID" acme/web:7\ndocker push acme/other:1\n';
  const { otherImages, builds } = only(extract(deployScript, text, 'file:///repo/deploy.sh'), 'pipeline');
  assert.deepEqual(otherImages.map(short), ['acme/web:7', 'acme/other:1']);
  assert.deepEqual(
    builds.map(({ pushes }) => pushes),
    [false, false],
  );
});
