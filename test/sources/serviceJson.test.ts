import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Service } from '../../server/src/facts/service.ts';
import { ecsJson } from '../../server/src/sources/ecsJson.ts';
import { extract, item, only, short, slice } from './marks.ts';

function read(text: string): Service {
  return only(extract(ecsJson, text), 'service');
}

const full = `{
  "serviceName": "shop", "cluster": "main", "taskDefinition": "shop:3", "desiredCount": 2, "launchType": "FARGATE",
  "schedulingStrategy": "REPLICA",
  "deploymentController": { "type": "ECS" },
  "deploymentConfiguration": {
    "strategy": "ROLLING", "minimumHealthyPercent": 50, "maximumPercent": 200,
    "deploymentCircuitBreaker": { "enable": true }
  },
  "healthCheckGracePeriodSeconds": 30,
  "loadBalancers": [{ "targetGroupArn": "arn:tg", "containerName": "web", "containerPort": 80 }],
  "serviceConnectConfiguration": { "enabled": true, "services": [{ "portName": "http" }] }
}`;

describe('services in JSON', () => {
  it('gives every field with its place', () => {
    const service = read(full);
    assert.deepEqual(
      [
        service.serviceName,
        service.cluster,
        service.taskDefinition,
        service.desiredCount,
        service.launchType,
        service.schedulingStrategy,
        service.deploymentController,
        service.strategy,
        service.minimumHealthyPercent,
        service.maximumPercent,
        service.healthCheckGracePeriodSeconds,
      ].map(short),
      ['shop', 'main', 'shop:3', 2, 'FARGATE', 'REPLICA', 'ECS', 'ROLLING', 50, 200, 30],
    );
    assert.equal(slice(full, service.nameAt), 'shop');
    assert.equal(slice(full, service.deploymentConfigurationAt), 'deploymentConfiguration');
    const breaker = service.deploymentCircuitBreaker;
    assert(breaker.state === 'known');
    assert.deepEqual(
      [slice(full, breaker.at), slice(full, breaker.value.at)],
      ['deploymentCircuitBreaker', '{ "enable": true }'],
    );
    assert.deepEqual([short(breaker.value.enable), short(breaker.value.rollback)], [true, 'absent']);
    const target = item(service.loadBalancers);
    assert.deepEqual([target.targetGroupArn, target.containerName, target.containerPort].map(short), [
      'arn:tg',
      'web',
      80,
    ]);
    assert.equal(short(item(service.serviceConnectServices).portName), 'http');
  });

  it('reads ecspresso’s definition, which names no service', () => {
    const text = `{
      "launchType": "FARGATE", "desiredCount": {{ must_env \`COUNT\` }},
      "loadBalancers": [{ "containerName": "web", "containerPort": 80 }]
    }`;
    const service = read(text);
    assert.equal(short(service.serviceName), 'absent');
    assert.equal(slice(text, service.nameAt), '{');
    assert.equal(short(service.desiredCount), 'dynamic: {{ must_env `COUNT` }}');
    assert.equal(short(service.deploymentCircuitBreaker), 'absent');
    assert.equal(service.deploymentConfigurationAt, service.nameAt);
  });

  it('reads what describe-services and create-service print', () => {
    const service =
      '{"serviceName": "a", "clusterArn": "arn:c", "serviceArn": "arn:s", "taskDefinition": "arn:t", "desiredCount": 1}';
    const facts = extract(ecsJson, `{"services": [${service}, ${service}], "failures": []}`);
    assert.deepEqual(
      facts.facts.map((fact) => fact.kind),
      ['service', 'service'],
    );
    assert.equal(short(read(`{"service": ${service}}`).cluster), 'arn:c');
  });

  it('takes what an update does not say for undecided', () => {
    const service = read(
      '{"cluster": "c", "service": "a", "taskDefinition": "t", "forceNewDeployment": true, "desiredCount": 2}',
    );
    assert.equal(short(service.serviceName), 'a');
    assert.equal(service.deploymentCircuitBreaker.state, 'dynamic');
    assert.equal(service.loadBalancers.complete, false);
    const partly = read('{"service": "a", "desiredCount": 2, "deploymentConfiguration": {"maximumPercent": 200}}');
    assert.equal(partly.deploymentCircuitBreaker.state, 'dynamic');
    assert.equal(short(partly.maximumPercent), 200);
  });

  it('takes disabled Service Connect for none', () => {
    const text = full.replace('"enabled": true', '"enabled": false');
    assert.equal(read(text).serviceConnectServices.state, 'absent');
  });

  const foreign = {
    'run-task input':
      '{"cluster": "c", "taskDefinition": "t", "launchType": "FARGATE", "count": 1, "networkConfiguration": {"awsvpcConfiguration": {}}}',
    'deploy settings': '{"serviceName": "a", "cluster": "b", "region": "c"}',
    'CodeDeploy appspec':
      '{"version": 0, "Resources": [{"TargetService": {"Type": "AWS::ECS::Service", "Properties": {"TaskDefinition": "x", "LoadBalancerInfo": {"ContainerName": "a", "ContainerPort": 1}}}}]}',
    'a lone number': '{"desiredCount": 3}',
  };
  for (const [name, text] of Object.entries(foreign)) {
    it(`is not ${name}`, () => assert.deepEqual(extract(ecsJson, text).facts, []));
  }
});
