// Task definitions and services in Jsonnet: the same facts as in JSON, and edits in its manner.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../server/src/base/text.ts';
import type { EditIntent } from '../../server/src/facts/edit.ts';
import type { FileFacts } from '../../server/src/facts/fileFacts.ts';
import { jsonnet } from '../../server/src/sources/jsonnet.ts';
import { extract, item, only, short, words } from './marks.ts';

const uri = 'file:///repo/ecs.jsonnet';

const TASK = `local port = 8080;
{
  family: 'shop',
  containerDefinitions: [
    {
      name: 'app',
      image: 'acme/shop:1.4.2',
      portMappings: [{ containerPort: port, protocol: 'tcp' }],
      command: ['sh', '-c', 'serve --port \${PORT}'],
      environment: [{ name: 'STAGE', value: std.extVar('STAGE') }],
    },
  ],
}
`;

const SERVICE = `local common = { desiredCount: 2, launchType: 'FARGATE' };

common {
  deploymentConfiguration: {
    maximumPercent: 200, // two at once
  },
  loadBalancers: [{ targetGroupArn: 'arn:tg', containerName: 'app', containerPort: 8080 }],
}
`;

function edited(text: string, intents: (facts: FileFacts) => readonly EditIntent[]): string {
  return applyEdits(text, jsonnet.editAll?.({ uri, text }, intents(extract(jsonnet, text, uri))) ?? []);
}

describe('Jsonnet', () => {
  it('is found by what it says', () => {
    assert.equal(jsonnet.claims(uri), 'maybe');
    assert.deepEqual(
      [TASK, SERVICE, '{ a: 1 }'].map((text) => jsonnet.recognizes?.(text)),
      [true, true, false],
    );
  });

  it('holds a task definition', () => {
    const task = only(extract(jsonnet, TASK, uri), 'taskDefinition');
    const app = item(task.containerDefinitions);
    assert.deepEqual([short(task.family), short(app.name), short(app.image)], ['shop', 'app', 'acme/shop:1.4.2']);
    assert.equal(short(item(app.portMappings).containerPort), 8080);
    assert.deepEqual(words(app.command), ['sh', '-c', 'serve --port ${PORT}']);
    assert.equal(short(item(app.environment).value), "dynamic: std.extVar('STAGE')");
  });

  it('holds a service that is laid over an object', () => {
    const service = only(extract(jsonnet, SERVICE, uri), 'service');
    assert.deepEqual([short(service.desiredCount), short(service.launchType)], [2, 'FARGATE']);
    assert.equal(short(service.maximumPercent), 200);
    assert.equal(service.deploymentCircuitBreaker.state, 'absent');
  });

  it('that lays an unknown object under it leaves open what it does not say', () => {
    const facts = extract(jsonnet, SERVICE.replace(/^local.*;/, "local common = import 'common.libsonnet';"), uri);
    assert.deepEqual(facts.facts, []);
  });
});

describe('edits', () => {
  it('of a value that has a name go where it is written', () => {
    const after = edited(TASK, (facts) => {
      const { containerDefinitions } = only(facts, 'taskDefinition');
      return [{ kind: 'replace', at: item(item(containerDefinitions).portMappings).containerPort.at, value: 5201 }];
    });
    assert.equal(after, TASK.replace('8080', '5201'));
  });

  it('of a text keep its quotes', () => {
    const after = edited(TASK, (facts) => [
      { kind: 'replace', at: item(only(facts, 'taskDefinition').containerDefinitions).image.at, value: "acme/it's:2" },
    ]);
    assert.equal(after, TASK.replace('acme/shop:1.4.2', "acme/it\\'s:2"));
  });

  it('write properties as the file does', () => {
    const after = edited(SERVICE, (facts) => [
      {
        kind: 'set',
        owner: only(facts, 'service').at,
        path: ['deploymentConfiguration', 'deploymentCircuitBreaker'],
        value: { enable: true, rollback: true },
      },
    ]);
    const added = '\n    deploymentCircuitBreaker: {\n      enable: true,\n      rollback: true\n    },';
    assert.equal(after, SERVICE.replace('// two at once', `// two at once${added}`));
  });
});
