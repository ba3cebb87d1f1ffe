// ecspresso: which service runs which task definition, and what its templates say where nothing else is decided.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AnalysisHost } from '../../server/src/engine/index.ts';
import type { Deployment } from '../../server/src/graph/deployment.ts';
import { ecspresso } from '../../server/src/sources/ecspresso.ts';
import { textByDefault } from '../../server/src/sources/ecspressoTemplates.ts';
import { allReports, analyze, applyFix, type Files } from '../rules/workspace.ts';
import { extract, only, short, slice } from './marks.ts';

const FOLDER = 'file:///repo/deploy';

describe('a configuration', () => {
  const forms: readonly (readonly [path: string, text: string])[] = [
    ['ecspresso.yml', 'cluster: prod\nservice: web\nservice_definition: sv.json\ntask_definition: td.json\n'],
    ['prod.yaml', 'service_definition: ./sv.json\ntask_definition: ./td.json\nservice: web\ncluster: prod\n'],
    [
      'ecspresso.json',
      '{\n  "cluster": "prod",\n  "service": "web",\n  "service_definition": "sv.json",\n  "task_definition": "td.json"\n}\n',
    ],
    [
      'ecspresso.jsonnet',
      "local name = 'web';\n{\n  cluster: 'prod',\n  service: name,\n  service_definition: 'sv.json',\n  task_definition: 'td.json',\n}\n",
    ],
  ];
  for (const [path, text] of forms) {
    it(path, () => {
      const uri = `${FOLDER}/${path}`;
      assert.equal(ecspresso.claims(uri), 'maybe');
      assert.equal(ecspresso.recognizes?.(text), true);
      const config = only(extract(ecspresso, text, uri), 'deployConfig');
      const values = [config.service, config.cluster, config.serviceDefinition, config.taskDefinition];
      assert.deepEqual(values.map(short), ['web', 'prod', `${FOLDER}/sv.json`, `${FOLDER}/td.json`]);
    });
  }

  it('from the environment stays open', () => {
    const text = 'service: "{{ must_env `NAME` }}"\ntask_definition: "td-{{ env `STAGE` `dev` }}.json"\n';
    const config = only(extract(ecspresso, text, `${FOLDER}/ecspresso.yml`), 'deployConfig');
    assert.equal(short(config.service), 'dynamic: {{ must_env `NAME` }}');
    assert.equal(short(config.taskDefinition), `${FOLDER}/td-dev.json`);
    assert.equal(config.serviceDefinition.state, 'absent');
  });

  it('is no step of a workflow', () => {
    const workflow =
      'jobs:\n  deploy:\n    steps:\n      - with:\n          task_definition: td.json\n          service: web\n';
    assert.equal(ecspresso.recognizes?.(workflow), false);
    assert.deepEqual(extract(ecspresso, 'other: 1\n', `${FOLDER}/a.yml`).facts, []);
  });
});

describe('templates', () => {
  const rows: readonly (readonly [text: string, rendered: string | undefined])[] = [
    ['{{ env `PORT` `8080` }}', '8080'],
    ['{{env "PORT" "8080"}}', '8080'],
    ['web-{{ env `STAGE` `dev` }}-{{ env `COLOR` `` }}', 'web-dev-'],
    ['{{ must_env `PORT` }}', undefined],
    ['{{ env `A` `1` }}{{ ssm `/b` }}', undefined],
    ['{{ env `PORT` }}', undefined],
    ['8080', undefined],
  ];
  for (const [text, rendered] of rows) {
    it(text, () => {
      const at = { uri: 'file:///a', span: { start: 10, end: 10 + text.length } };
      assert.equal(textByDefault(text, at)?.value, rendered);
    });
  }

  it('are placed at their default, with the template on the way', () => {
    const text = 'port={{ env `PORT` `8080` }}';
    const whole = { uri: 'file:///a', span: { start: 0, end: text.length } };
    const value = textByDefault(text, whole);
    assert.equal(slice(text, value?.pieces?.[1]?.value.at ?? whole), '8080');
    assert.deepEqual(
      value?.trail?.map((step) => step.text),
      ['{{ env `PORT` `8080` }}'],
    );
    const alone = '{{ env `PORT` `8080` }}';
    const place = textByDefault(alone, { uri: 'file:///a', span: { start: 0, end: alone.length } });
    assert.equal(place && slice(alone, place.at), '8080');
  });
});

const TASK = (port: string): string => `{
  "family": "shop",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "{{ must_env \`REGISTRY\` }}/shop:{{ env \`TAG\` \`latest\` }}",
      "portMappings": [{ "containerPort": ${port} }]
    }
  ]
}
`;
const SERVICE = `{
  "desiredCount": 2,
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } },
  "loadBalancers": [{ "targetGroupArn": "arn:tg", "containerName": "app", "containerPort": 8080 }]
}
`;

function workspace(port: string, configs: Readonly<Record<string, string>>): Files {
  return new Map([
    ['deploy/sv.json', SERVICE],
    ['deploy/td.json', TASK(port)],
    ['deploy/other.json', TASK(port).replace('shop"', 'other"')],
    ['Dockerfile', 'FROM python:3.12-slim\nCMD ["gunicorn", "--bind", "0.0.0.0:8000", "app:app"]\n'],
    ...Object.entries(configs),
  ]);
}

const CONFIG = 'cluster: prod\nservice: web\nservice_definition: sv.json\ntask_definition: td.json\n';

function serviceIn(host: AnalysisHost): Deployment | undefined {
  return host.deployments().find(({ deployment }) => deployment.service)?.deployment;
}

describe('deployments', () => {
  it('a configuration links its two files and names the service', async () => {
    const host = await analyze(workspace('8080', { 'deploy/ecspresso.yml': CONFIG }));
    const linked = serviceIn(host);
    assert.equal(linked?.id, 'deploy/sv.json#web');
    assert.equal(linked?.taskDefinition?.at.uri, 'file:///workspace/deploy/td.json');
    assert.deepEqual(
      [linked?.serviceLink?.certain, linked?.serviceLink?.because],
      [true, 'one configuration names both files'],
    );
  });

  it('several that differ decide nothing', async () => {
    const other = CONFIG.replace('td.json', 'other.json').replace('service: web', 'service: dev');
    const host = await analyze(workspace('8080', { 'deploy/ecspresso.yml': CONFIG, 'deploy/dev.yml': other }));
    const service = serviceIn(host);
    assert.equal(service?.taskDefinition, undefined);
    assert.equal(service?.name, 'sv');
  });

  it('the default of a template is judged and mended, and the tag of the image is left to the deployment', async () => {
    const files = workspace('{{ env `PORT` `8080` }}', { 'deploy/ecspresso.yml': CONFIG });
    const host = await analyze(files);
    const reports = allReports(host).filter((report) => report.at.uri.endsWith('/td.json'));
    assert.ok(!reports.some(({ rule }) => rule.startsWith('image-tag')));
    const wrong = reports.find(({ rule }) => rule === 'container-port-not-listened-on');
    const fix = wrong?.fixes.find((one) => one.preferred);
    assert(fix);
    const after = applyFix(host, fix, files);
    assert.equal(after.get('deploy/td.json'), TASK('{{ env `PORT` `8000` }}'));
    assert.equal(after.get('deploy/sv.json'), SERVICE.replace('8080', '8000'));
  });
});
