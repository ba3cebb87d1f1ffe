// The forecast of whole deployments, read from the files of test workspaces, against published measurements of rollbacks.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Forecast, forecast } from '../../server/src/forecast/forecast.ts';
import { type ForecastInputs, inputsOf } from '../../server/src/forecast/inputs.ts';
import { type StackParts, stackExample } from '../../server/src/rules/infrastructureExamples.ts';
import { analyze, readMarked } from '../rules/workspace.ts';

const folder = 'test/workspaces/nine-am-fixed';
const paths = ['app.py', 'Dockerfile', 'ecs/task-definition.json', 'ecs/service-definition.json'];

async function forecastWith(change: (service: Record<string, unknown>) => void): Promise<Forecast | undefined> {
  const files = new Map(paths.map((path) => [path, readFileSync(`${folder}/${path}`, 'utf8')]));
  const service: Record<string, unknown> = JSON.parse(files.get('ecs/service-definition.json') ?? '{}');
  change(service);
  files.set('ecs/service-definition.json', JSON.stringify(service, undefined, 2));
  const [view] = (await analyze(files)).deployments();
  return view && forecast(view.deployment);
}

test('the thresholds of a circuit breaker as the service writes them', async () => {
  const written = { type: 'COUNT', value: 2 };
  const result = await forecastWith((service) =>
    Object.assign(service, {
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: true, rollback: true, thresholdConfiguration: written },
      },
    }),
  );
  assert.equal(result?.threshold, 2);
});

test('without a circuit breaker nothing is detected', async () => {
  const result = await forecastWith((service) => Object.assign(service, { deploymentConfiguration: {} }));
  assert.deepEqual([result?.detects, result?.rollsBack, result?.minutes], [false, false, null]);
});

test('CODE_DEPLOY has no circuit breaker; a template decides nothing', async () => {
  const other = await forecastWith((service) =>
    Object.assign(service, { deploymentController: { type: 'CODE_DEPLOY' } }),
  );
  assert.equal(other?.detects, false);
  assert.equal(await forecastWith((service) => Object.assign(service, { desiredCount: '{{ count }}' })), undefined);
});

const alarm = (metric: string, more = ''): string => `  Watch:
    Type: AWS::CloudWatch::Alarm
    Properties:
      MetricName: ${metric}
      Dimensions:
        - Name: TargetGroup
          Value: !GetAtt TargetGroup.TargetGroupFullName
      Period: 60
      EvaluationPeriods: 1
${more}`;
const LISTENS = `        Alarms:
          AlarmNames: [!Ref Watch]
          Enable: true
          Rollback: true
`;

async function inputsOfStack(parts: StackParts, deploymentConfiguration = ''): Promise<ForecastInputs | undefined> {
  const text = stackExample(parts).replace(
    '        DeploymentCircuitBreaker:',
    () => `${deploymentConfiguration}        DeploymentCircuitBreaker:`,
  );
  const [view] = (await analyze(readMarked(text).files)).deployments();
  const settled = view && inputsOf(view.deployment);
  return settled && 'inputs' in settled ? settled.inputs : undefined;
}

test('the alarms that deployments listen to', async () => {
  const unhealthy = await inputsOfStack({ resources: alarm('UnHealthyHostCount') }, LISTENS);
  assert.deepEqual(unhealthy?.alarms, { rollback: true, unhealthyHosts: { period: 60, datapoints: 1 }, others: false });
  const errors = await inputsOfStack({ resources: alarm('HTTPCode_Target_5XX_Count') }, LISTENS);
  assert.deepEqual(errors?.alarms, { rollback: true, unhealthyHosts: null, others: true });
  const unnamed = await inputsOfStack({ resources: alarm('UnHealthyHostCount') });
  assert.equal(unnamed?.alarms, null);
  const off = await inputsOfStack(
    { resources: alarm('UnHealthyHostCount') },
    LISTENS.replace('Enable: true', 'Enable: false'),
  );
  assert.equal(off?.alarms, null);
});

test('the most patient container decides how long a task takes to stop', async () => {
  const text = stackExample({}).replace(
    '          Image: acme/web:1.4.2',
    '          Image: acme/web:1.4.2\n          StopTimeout: 90\n        - Name: log\n          Image: acme/log:1.0.0',
  );
  const [view] = (await analyze(readMarked(text).files)).deployments();
  const settled = view && inputsOf(view.deployment);
  assert.equal(settled && 'inputs' in settled ? settled.inputs.stopTimeout : undefined, 90);
  assert.equal((await inputsOfStack({}))?.stopTimeout, 30);
});

const scaled = (fewest: number): string => `  Scaling:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: !Sub "service/production/${'$'}{Service.Name}"
      MinCapacity: ${fewest}
      MaxCapacity: 20
`;

test('a service that is scaled has at least as many tasks as that', async () => {
  assert.equal((await inputsOfStack({ resources: scaled(2) }))?.desiredCount, 4);
  assert.equal((await inputsOfStack({ resources: scaled(6) }))?.desiredCount, 6);
});

test('a daemon has as many tasks as there are instances', async () => {
  assert.equal(await forecastWith((service) => Object.assign(service, { schedulingStrategy: 'DAEMON' })), undefined);
});
