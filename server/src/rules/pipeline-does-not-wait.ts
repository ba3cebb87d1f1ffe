// A pipeline ends before it can know whether what it deployed works.

import type { PipelineDeploy } from '../facts/pipeline.ts';
import { knownValue } from '../facts/value.ts';
import { forecast } from '../forecast/forecast.ts';
import { minuteRange } from '../forecast/minutes.ts';
import type { Delivery } from '../graph/deliveries.ts';
import { wholePipelines } from './pushedImages.ts';
import { replaceFix } from './replaceFix.ts';
import type { FileRule, Fix } from './rule.ts';

/** https://github.com/aws-actions/amazon-ecs-deploy-task-definition#amazon-ecs-deploy-task-definition-action-for-github-actions */
const ACTION_MINUTES = 30;

export const pipelineDoesNotWait: FileRule = {
  id: 'pipeline-does-not-wait',
  group: 'pipeline',
  severity: 'warning',
  summary: 'It does not wait for stability, or gives up before the forecast rollback.',
  why: 'UpdateService answers as soon as the deployment has begun. A pipeline that ends there is green whatever comes of it: the new tasks may never become healthy, and the rollback minutes later is seen by nobody. A pipeline that gives up before ECS has decided says no more than that it took long.',
  remedy:
    'Set `wait-for-service-stability: true` on the deploy step, or run `aws ecs wait services-stable` after the update, and give it longer than a rollback takes. A service is stable after a rollback too: ask afterwards whether it runs the revision that was deployed.',
  sources: [
    'https://github.com/aws-actions/amazon-ecs-deploy-task-definition',
    'https://docs.aws.amazon.com/cli/latest/reference/ecs/wait/services-stable.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html',
  ],
  fixKinds: ['safe', 'asks'],
  subject: 'file',
  *check(file) {
    for (const { origin, deploys, waits } of wholePipelines(file)) {
      // Who starts a script may wait.
      if (origin !== 'workflow' || waits.length > 0) continue;
      for (const deploy of deploys) {
        const wait = deploy.waitForServiceStability;
        if (deploy.service.state === 'absent' || wait.state === 'dynamic' || knownValue(wait) === true) continue;
        yield {
          at: wait.at,
          message:
            'The pipeline ends when the deployment has begun, so it succeeds also where the deployment fails or is rolled back.',
          fixes: waitFix(deploy),
        };
      }
    }
  },
  *checkDeployment(deployment) {
    const found = deployment.deliveries.length > 0 ? forecast(deployment) : undefined;
    if (!found?.minutes) return;
    for (const delivery of deployment.deliveries) {
      for (const deploy of delivery.deploys) {
        const limit = patience(deploy, delivery);
        if (limit === undefined || limit >= found.minutes.high) continue;
        yield {
          at: (deploy.waitForMinutes.state === 'known' ? deploy.waitForMinutes : deploy.waitForServiceStability).at,
          message: `The pipeline gives up after ${limit} minutes, but a broken deployment of service ${deployment.name} is noticed only after about ${minuteRange(found.minutes)} minutes.`,
          fixes: longerFix(deploy, Math.ceil(found.minutes.high / 5) * 5),
        };
      }
    }
  },
  examples: {
    bad: [
      {
        files: `--- .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: «aws-actions/amazon-ecs-deploy-task-definition@v2»
        with:
          task-definition: task-definition.json
          service: web
          cluster: main
`,
        fixed: `--- .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with:
          task-definition: task-definition.json
          service: web
          cluster: main
          wait-for-service-stability: true
`,
        message:
          'The pipeline ends when the deployment has begun, so it succeeds also where the deployment fails or is rolled back.',
      },
      {
        files: `--- .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with:
          task-definition: task-definition.json
          service: web
          wait-for-service-stability: «false»
`,
      },
      {
        files: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": 8080 }] }]
}
--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 1,
  "deploymentConfiguration": {
    "deploymentCircuitBreaker": { "enable": true, "rollback": true }
  },
  "loadBalancers": [{ "targetGroupArn": "arn:tg", "containerName": "app", "containerPort": 8080 }]
}
--- .gitlab-ci.yml
deploy:
  script:
    - aws ecs register-task-definition --cli-input-json file://task-definition.json
    - aws ecs update-service --cluster main --service web --task-definition web
    - «aws ecs wait services-stable --cluster main --services web»
`,
        message:
          'The pipeline gives up after 10 minutes, but a broken deployment of service web is noticed only after about 16–23 minutes.',
      },
    ],
    good: [
      `--- .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with:
          task-definition: task-definition.json
          service: web
          cluster: main
          wait-for-service-stability: true
`,
      `--- .gitlab-ci.yml
deploy:
  script:
    - aws ecs update-service --cluster main --service web --task-definition "$REVISION"
    - aws ecs wait services-stable --cluster main --services web
`,
    ],
  },
};

function waitFix({ waitForServiceStability: wait, inputsAt }: PipelineDeploy): readonly Fix[] {
  const title = 'Wait for the service to be stable';
  if (wait.state === 'known') return [replaceFix(title, 'safe', wait.at, true)];
  if (!inputsAt) return [];
  const intents = [{ kind: 'set', owner: inputsAt, path: ['wait-for-service-stability'], value: true }] as const;
  return [{ title, kind: 'safe', preferred: true, intents }];
}

/** Minutes until the pipeline gives up; undefined where it does not wait, or that is not decided. */
function patience(deploy: PipelineDeploy, { pipeline }: Delivery): number | undefined {
  if (knownValue(deploy.waitForServiceStability) !== true) return undefined;
  if (deploy.inputsAt) {
    return deploy.waitForMinutes.state === 'absent' ? ACTION_MINUTES : knownValue(deploy.waitForMinutes);
  }
  const minutes = pipeline.waits.map((wait) => knownValue(wait.minutes));
  const decided = minutes.filter((one) => one !== undefined);
  return decided.length === minutes.length && decided.length > 0
    ? decided.reduce((sum, one) => sum + one, 0)
    : undefined;
}

function longerFix({ inputsAt, waitForMinutes }: PipelineDeploy, minutes: number): readonly Fix[] {
  if (!inputsAt) return [];
  const intent =
    waitForMinutes.state === 'known'
      ? ({ kind: 'replace', at: waitForMinutes.at, value: minutes } as const)
      : ({ kind: 'set', owner: inputsAt, path: ['wait-for-minutes'], value: minutes } as const);
  return [{ title: `Wait ${minutes} minutes`, kind: 'asks', preferred: false, intents: [intent] }];
}
