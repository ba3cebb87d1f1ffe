// Deployments that CodeDeploy carries out: what is said of them with their deployment group in view.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecast } from '../../server/src/forecast/forecast.ts';
import { adviceOf } from '../../server/src/forecast/observation.ts';
import { stackExample } from '../../server/src/rules/infrastructureExamples.ts';
import { analyze, readMarked } from '../rules/workspace.ts';

const group = (settings: string): string => `  Group:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ECSServices: [{ ClusterName: main, ServiceName: !GetAtt Service.Name }]
${settings.replace(/^(?=.)/gm, '      ')}`;

const rolledBack = 'Its deployment group rolls a failed deployment back by itself, to the tasks that ran before.';
const left = 'Its deployment group rolls no failed deployment back by itself; a person has to.';
const open = 'Whether its deployment group rolls a failed deployment back is decided elsewhere.';

const rows: readonly (readonly [what: string, resources: string, sentence: string, isAdvised: boolean])[] = [
  ['no group in view', '', 'What is rolled back, and when, is decided there.', true],
  ['a group that says nothing', group(''), left, true],
  [
    'rollback of failures',
    group('AutoRollbackConfiguration: { Enabled: true, Events: [DEPLOYMENT_FAILURE] }\n'),
    rolledBack,
    true,
  ],
  ['rollback that is off', group('AutoRollbackConfiguration: { Enabled: false }\n'), left, true],
  [
    'rollback on alarms alone',
    group(
      'AutoRollbackConfiguration: { Enabled: true, Events: [DEPLOYMENT_STOP_ON_ALARM] }\nAlarmConfiguration: { Enabled: true, Alarms: [{ Name: errors }] }\n',
    ),
    left,
    false,
  ],
  ['rollback that is decided elsewhere', group('AutoRollbackConfiguration: !Ref Rollback\n'), open, true],
  [
    'a topic that is told',
    group(
      'TriggerConfigurations: [{ TriggerName: told, TriggerTargetArn: !Ref Topic, TriggerEvents: [DeploymentFailure] }]\n',
    ),
    left,
    false,
  ],
];

for (const [what, resources, sentence, isAdvised] of rows) {
  test(`CODE_DEPLOY: ${what}`, async () => {
    const files = stackExample({ service: '      DeploymentController: { Type: CODE_DEPLOY }\n', resources });
    const [view] = (await analyze(readMarked(files).files)).deployments();
    assert(view);
    const found = forecast(view.deployment);
    assert.deepEqual([found?.detects, found?.rollsBack], [false, sentence === rolledBack]);
    assert.equal(found?.because.at(-1), sentence);
    assert.deepEqual(
      adviceOf(view.deployment).map((advice) => /trigger of its deployment group/.test(advice)),
      isAdvised ? [true] : [],
    );
  });
}
