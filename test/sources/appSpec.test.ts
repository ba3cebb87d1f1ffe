// CodeDeploy's specifications: what they say, and which task definition they deploy.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { appSpec } from '../../server/src/sources/appSpec.ts';
import { cloudFormation } from '../../server/src/sources/cloudFormation.ts';
import { allReports, analyze, applyFix } from '../rules/workspace.ts';
import { only, short } from './marks.ts';

const SPEC = `version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: <TASK_DEFINITION>
        LoadBalancerInfo:
          ContainerName: "app"
          ContainerPort: 80 # of the container
Hooks:
  - BeforeInstall: check
`;

const IN_JSON = JSON.stringify(
  {
    version: 0.0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7',
            LoadBalancerInfo: { ContainerName: 'app', ContainerPort: '80' },
          },
        },
      },
    ],
  },
  null,
  2,
);

function read(path: string, text: string) {
  const uri = `file:///repo/${path}`;
  const source = appSpec.find((one) => one.claims(uri) !== 'no' && one.recognizes?.(text));
  assert(source, path);
  return source.extract({ uri, text });
}

describe('a specification', () => {
  it('in YAML', () => {
    const spec = only(read('appspec.yaml', SPEC), 'appSpec');
    assert.deepEqual([spec.containerName, spec.containerPort, spec.taskDefinition].map(short), [
      'app',
      80,
      'dynamic: <TASK_DEFINITION>',
    ]);
  });

  it('in JSON', () => {
    const spec = only(read('deploy/app-spec.json', IN_JSON), 'appSpec');
    assert.deepEqual([short(spec.containerName), short(spec.containerPort)], ['app', 80]);
  });

  it('for servers or functions is none', () => {
    const text = 'version: 0.0\nos: linux\nfiles:\n  - source: /\n    destination: /srv\n';
    assert.ok(!appSpec.some((one) => one.recognizes?.(text)));
  });

  it('is no template of CloudFormation', () => {
    assert.ok(!cloudFormation.some((one) => one.recognizes?.(SPEC)));
  });

  it('cut anywhere is read', () => {
    for (let end = 0; end < SPEC.length; end++) {
      const text = SPEC.slice(0, end);
      for (const one of appSpec) one.extract({ uri: 'file:///repo/appspec.yaml', text });
    }
  });
});

const TASK = (family: string, port: number): string => `{
  "family": "${family}",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": ${port} }] }
  ]
}
`;

const CODE_DEPLOY = `{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 2,
  "deploymentController": { "type": "CODE_DEPLOY" },
  "loadBalancers": [{ "targetGroupArn": "arn:tg", "containerName": "app", "containerPort": 3000 }]
}
`;

type Texts = Readonly<Record<string, string>>;

async function wrongPlaces(texts: Texts): Promise<readonly string[]> {
  const host = await analyze(new Map(Object.entries(texts)));
  const found = allReports(host).filter(({ rule }) => rule === 'load-balancer-port-not-mapped');
  return found.map(({ at }) => at.uri.slice('file:///workspace/'.length));
}

describe('its task definition', () => {
  const rows: readonly (readonly [name: string, texts: Texts, found: readonly string[]])[] = [
    [
      'is the one beside it',
      { 'a/appspec.yml': SPEC, 'a/td.json': TASK('web', 3000), 'b/td.json': TASK('api', 80) },
      ['a/appspec.yml'],
    ],
    ['is the only one in view', { 'appspec.yml': SPEC, 'ecs/td.json': TASK('web', 3000) }, ['appspec.yml']],
    [
      'is open where there are several',
      { 'appspec.yml': SPEC, 'a.json': TASK('web', 3000), 'b.json': TASK('api', 3000) },
      [],
    ],
    [
      'is the one it names',
      { 'appspec.json': IN_JSON, 'a.json': TASK('web', 3000), 'b.json': TASK('api', 3000) },
      ['appspec.json'],
    ],
    [
      'may be that of a service',
      { 'appspec.yml': SPEC, 'td.json': TASK('web', 3000), 'sv.json': CODE_DEPLOY },
      ['appspec.yml'],
    ],
    [
      'is none of a service that ECS deploys',
      { 'appspec.yml': SPEC, 'td.json': TASK('web', 3000), 'sv.json': CODE_DEPLOY.replace('CODE_DEPLOY', 'ECS') },
      [],
    ],
    [
      'is open where specifications differ',
      { 'appspec.yml': SPEC, 'appspec.blue.yml': SPEC.replace('80', '81'), 'td.json': TASK('web', 3000) },
      [],
    ],
    ['may be right', { 'appspec.yml': SPEC, 'td.json': TASK('web', 80) }, []],
  ];
  for (const [name, texts, found] of rows) {
    it(name, async () => assert.deepEqual(await wrongPlaces(texts), found));
  }

  it('names the containers that there are', async () => {
    const texts = new Map([
      ['appspec.yml', SPEC.replace('"app"', '"web"')],
      ['td.json', TASK('web', 80)],
    ]);
    const [report] = allReports(await analyze(texts)).filter(({ rule }) => rule === 'load-balancer-port-not-mapped');
    assert.equal(report?.message, 'The CodeDeploy specification names container web, but the task definition has app.');
  });

  it('is mended together with it', async () => {
    const files = new Map([
      ['appspec.yml', SPEC],
      ['td.json', TASK('web', 80)],
      ['Dockerfile', 'FROM python:3.12-slim\nCMD ["gunicorn", "--bind", "0.0.0.0:8000", "app:app"]\n'],
    ]);
    const host = await analyze(files);
    const wrong = allReports(host).find(({ rule }) => rule === 'container-port-not-listened-on');
    const fix = wrong?.fixes.find((one) => one.preferred);
    assert(fix);
    const after = applyFix(host, fix, files);
    assert.equal(after.get('appspec.yml'), SPEC.replace('80 #', '8000 #'));
    assert.equal(after.get('td.json'), TASK('web', 8000));
  });
});
