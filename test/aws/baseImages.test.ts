import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseImage, baseImageName } from '../../server/src/aws/baseImages.ts';
import { isWellKnownImage, wellKnownPorts } from '../../server/src/aws/wellKnownImages.ts';

test('the addresses of one image are one name', () => {
  for (const reference of [
    'node:20',
    'docker.io/library/node:20',
    'library/node:20@sha256:0',
    'public.ecr.aws/docker/library/node:20',
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com/docker-hub/library/node:20',
  ]) {
    assert.deepEqual(baseImageName(reference), { repository: 'node', tag: '20' });
  }
  assert.deepEqual(baseImageName('localhost:5000/node'), { repository: 'localhost:5000/node', tag: '' });
  assert.equal(baseImageName('public.ecr.aws/amazonlinux/amazonlinux:2023').repository, 'amazonlinux');
});

test('images of other people are not known', () => {
  for (const reference of ['acme/node:20', 'constructor', '__proto__:1', '', ':', 'node/']) {
    assert.equal(baseImage(reference), undefined, reference);
  }
});

test('aspnet images say their port by version', () => {
  const port = (reference: string) => baseImage(reference)?.environment;
  assert.deepEqual(port('mcr.microsoft.com/dotnet/aspnet:8.0'), { ASPNETCORE_HTTP_PORTS: '8080' });
  assert.deepEqual(port('mcr.microsoft.com/dotnet/aspnet:10.0-alpine'), { ASPNETCORE_HTTP_PORTS: '8080' });
  assert.deepEqual(port('mcr.microsoft.com/dotnet/aspnet'), { ASPNETCORE_HTTP_PORTS: '8080' });
  assert.deepEqual(port('mcr.microsoft.com/dotnet/aspnet:6.0'), { ASPNETCORE_URLS: 'http://+:80' });
  assert.deepEqual(port('mcr.microsoft.com/dotnet/core/aspnet:3.1'), { ASPNETCORE_URLS: 'http://+:80' });
  assert.deepEqual(port('mcr.microsoft.com/dotnet/sdk:8.0'), { ASPNETCORE_HTTP_PORTS: '' });
});

test('well-known images have their default ports', () => {
  const table: readonly (readonly [string, readonly number[] | undefined])[] = [
    ['redis:7-alpine', [6379]],
    ['public.ecr.aws/docker/library/postgres:16', [5432]],
    ['public.ecr.aws/datadog/agent:latest', [8125, 8126]],
    ['datadog/agent:7', [8125, 8126]],
    ['public.ecr.aws/xray/aws-xray-daemon:latest', [2000]],
    ['nginx:latest', [80]],
    ['amazon/cloudwatch-agent:latest', [25888, 8125, 4315, 4316, 2000]],
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/nginx:prod', undefined],
    ['acme/web:1', undefined],
    ['acme/my-redis:1', undefined],
    ['', undefined],
  ];
  for (const [reference, ports] of table) {
    assert.deepEqual(wellKnownPorts(reference), ports, reference);
    assert.equal(isWellKnownImage(reference), ports !== undefined);
  }
});
