// Copilot's environments laid over each other, and what stands beside a manifest.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { item, short, slice } from '../marks.ts';
import { main, mappings, one, settle, WEB } from './workload.ts';

describe('environments', () => {
  const overridden = `${WEB}variables:
  LEVEL: info
environments:
  test:
    count: 1
    image:
      port: 8080
  prod:
    count: 2
    image:
      port: 9090
    variables:
      REGION: eu
`;

  it('that agree leave a value known', () => {
    const facts = settle(overridden.replace('9090', '8080').replace('count: 2', 'count: 1'));
    assert.deepEqual(mappings(facts), ['web 8080/tcp']);
    assert.equal(short(one(facts, 'service').desiredCount), 1);
  });

  it('that differ make a choice, each with its place', () => {
    const facts = settle(overridden);
    const port = item(main(facts).portMappings).containerPort;
    assert.equal(port.state, 'choice');
    const branches = port.state === 'choice' ? port.branches : [];
    assert.deepEqual(
      branches.map(({ when, value }) => [when, short(value), slice(overridden, value.at)]),
      [
        ['the environment overrides nothing', 8080, '8080'],
        ['the environment is test', 8080, '8080'],
        ['the environment is prod', 9090, '9090'],
      ],
    );
  });

  it('that all override something leave no other', () => {
    const facts = settle(overridden, { 'environments/test/manifest.yml': '', 'environments/prod/manifest.yml': '' });
    const count = one(facts, 'service').desiredCount;
    assert.deepEqual(count.state === 'choice' && count.branches.map(({ value }) => short(value)), [1, 2]);
  });

  it('add variables of which all are seen', () => {
    const { environment } = main(settle(overridden));
    assert.equal(environment.complete, true);
    assert.deepEqual(
      environment.items.map(({ name, value }) => [short(name), short(value)]),
      [
        ['LEVEL', 'info'],
        ['REGION', 'choice'],
      ],
    );
  });

  it('may have sidecars and secrets of their own', () => {
    const facts = settle(
      `${WEB}environments:\n  prod:\n    secrets: { TOKEN: /t }\n    sidecars:\n      proxy: { image: "nginx:1.27", port: 80 }\n`,
    );
    const { containerDefinitions } = one(facts, 'taskDefinition');
    assert.deepEqual(
      containerDefinitions.items.map(({ name }) => short(name)),
      ['web', 'proxy'],
    );
    assert.equal(containerDefinitions.complete, false);
    const { secrets } = main(facts);
    assert.deepEqual([secrets.items.map(({ name }) => short(name)), secrets.complete], [['TOKEN'], true]);
  });

  it('replace an image and its build', () => {
    const facts = settle(`${WEB}environments:\n  prod:\n    image:\n      location: acme/web:1.4.2\n`);
    const { image, build } = main(facts);
    assert.equal(image.state, 'choice');
    assert.equal(build?.dockerfile.state, 'dynamic');
  });

  it('may hand other arguments to the same build', () => {
    const base = WEB.replace('build: web/Dockerfile', 'build: { context: web, args: { KIND: web, LEVEL: info } }');
    const args = 'environments:\n  test:\n    image: { build: { args: { LEVEL: debug, REGION: eu } } }\n';
    const { build } = main(settle(base + args));
    assert.deepEqual([short(build?.context), build?.dockerfile.state], ['file:///repo/web', 'absent']);
    assert.deepEqual(
      build?.arguments.map(({ name, value }) => [short(name), value.state]),
      [
        ['KIND', 'known'],
        ['LEVEL', 'dynamic'],
        ['REGION', 'dynamic'],
      ],
    );
  });

  it('may build another stage', () => {
    const base = WEB.replace('build: web/Dockerfile', 'build: { dockerfile: web/Dockerfile }');
    const { build } = main(settle(`${base}environments:\n  test:\n    image: { build: { target: debug } }\n`));
    assert.equal(build?.dockerfile.state, 'dynamic');
  });

  // https://github.com/aws/copilot-cli/blob/mainline/internal/pkg/manifest/transform.go
  it('that write a build as an object drop the path of one that is a text', () => {
    const over = 'environments:\n  test:\n    image: { build: { args: { LEVEL: debug } } }\n';
    const { build } = main(settle(WEB + over, { 'environments/test/manifest.yml': '' }));
    assert.deepEqual([short(build?.context), build?.dockerfile.state], ['file:///repo', 'absent']);
  });

  it('switch a load balancer off', () => {
    const facts = settle(`${WEB}environments:\n  prod:\n    http: false\n`);
    const { loadBalancers } = one(facts, 'service');
    assert.deepEqual([loadBalancers.items.length, loadBalancers.complete], [1, false]);
  });
});

describe('what stands beside a manifest', () => {
  it('patches open what they touch', () => {
    const patch = `- op: replace
  path: /Resources/Service/Properties/DeploymentConfiguration/MinimumHealthyPercent
  value: 50
- op: add
  path: /Resources/TaskDefinition/Properties/ContainerDefinitions/0/PortMappings/-
  value: { ContainerPort: 9000 }
`;
    const facts = settle(WEB, { 'web/overrides/cfn.patches.yml': patch });
    const service = one(facts, 'service');
    assert.equal(service.minimumHealthyPercent.state, 'dynamic');
    assert.equal(short(service.maximumPercent), 200);
    assert.equal(main(facts).portMappings.complete, false);
    assert.deepEqual(mappings(facts), ['web 8080/tcp']);
  });

  it('a program opens everything but names', () => {
    const facts = settle(WEB, { 'web/overrides/stack.ts': '' });
    assert.deepEqual(mappings(facts), ['web dynamic: 8080/dynamic: tcp']);
    assert.notEqual(one(facts, 'service').deploymentCircuitBreaker.state, 'absent');
  });

  it('overrides of the task definition open what they name', () => {
    const facts = settle(`${WEB}taskdef_overrides:\n  - path: ContainerDefinitions[0].Command\n    value: [sh]\n`);
    assert.equal(main(facts).command.state, 'dynamic');
    assert.deepEqual(mappings(facts), ['web 8080/tcp']);
  });

  it('addons give variables', () => {
    const addon = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Table: { Type: "AWS::DynamoDB::Table" }
Outputs:
  MyTableName: { Value: !Ref Table }
`;
    const { environment } = main(settle(WEB, { 'web/addons/table.yml': addon }));
    assert.deepEqual(
      environment.items.map(({ name, value }) => [short(name), value.state]),
      [['MY_TABLE_NAME', 'dynamic']],
    );
  });
});
