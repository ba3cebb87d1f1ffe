// What Copilot's manifests say: ports and routes, Copilot's defaults, settings and containers.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Fact } from '../../../server/src/facts/fileFacts.ts';
import { knownValue } from '../../../server/src/facts/value.ts';
import { item, short, slice, words } from '../marks.ts';
import { all, containers, main, manifestUri, mappings, one, settle, WEB } from './workload.ts';

function routes(facts: readonly Fact[]): readonly string[] {
  return one(facts, 'service').loadBalancers.items.map(
    ({ containerName, containerPort }) => `${short(containerName)} ${short(containerPort)}`,
  );
}

describe('ports and routes', () => {
  const rows: readonly (readonly [
    name: string,
    manifest: string,
    mapped: readonly string[],
    routed: readonly string[],
  ])[] = [
    ['the main container by default', WEB, ['web 8080/tcp'], ['web 8080']],
    ['no load balancer', `${WEB}http: false\n`, ['web 8080/tcp'], []],
    [
      'a sidecar gets the requests',
      `${WEB}http:\n  path: /\n  target_container: proxy\nsidecars:\n  proxy:\n    image: nginx:1.27\n    port: 80\n`,
      ['web 8080/tcp', 'proxy 80/tcp'],
      ['proxy 80'],
    ],
    [
      'the old spelling of the target',
      `${WEB}http:\n  path: /\n  targetContainer: proxy\nsidecars:\n  proxy:\n    image: nginx:1.27\n    port: 80\n`,
      ['web 8080/tcp', 'proxy 80/tcp'],
      ['proxy 80'],
    ],
    [
      'further rules map ports of their own',
      `${WEB}http:\n  path: /\n  additional_rules:\n    - path: admin\n      target_port: 9000\n`,
      ['web 8080/tcp', 'web 9000/tcp'],
      ['web 8080', 'web 9000'],
    ],
    [
      'a target port that a sidecar owns is the sidecar',
      `${WEB}http:\n  path: /\n  target_port: 81\nsidecars:\n  proxy:\n    image: nginx:1.27\n    port: 81\n`,
      ['web 8080/tcp', 'proxy 81/tcp'],
      ['proxy 81'],
    ],
    [
      'a network load balancer sends to its own port',
      `${WEB}http: false\nnlb:\n  port: 53/udp\n`,
      ['web 8080/tcp', 'web 53/udp'],
      ['web 53'],
    ],
    [
      'TLS ends at the network load balancer',
      `${WEB}http: false\nnlb:\n  port: 443/tls\n  target_port: 8080\n`,
      ['web 8080/tcp'],
      ['web 8080'],
    ],
    [
      'a backend service without http',
      'name: api\ntype: Backend Service\nimage:\n  location: acme/api:1.4.2\n  port: 3000\n',
      ['api 3000/tcp'],
      [],
    ],
    [
      'a backend service with http',
      'name: api\ntype: Backend Service\nimage:\n  location: acme/api:1.4.2\n  port: 3000\nhttp:\n  path: /\n',
      ['api 3000/tcp'],
      ['api 3000'],
    ],
    ['a worker', 'name: mail\ntype: Worker Service\nimage:\n  build: ./Dockerfile\n', [], []],
    [
      'a port from outside',
      `${WEB.replace('8080', '${PORT}')}`,
      ['web dynamic: ${PORT}/tcp'],
      ['web dynamic: ${PORT}'],
    ],
  ];
  for (const [name, manifest, mapped, routed] of rows) {
    it(name, () => {
      const facts = settle(manifest);
      assert.deepEqual(mappings(facts), mapped);
      assert.deepEqual(routes(facts), routed);
      assert.equal(all(facts, 'targetGroup').length, routed.length);
    });
  }
});

describe('what Copilot does by itself', () => {
  it('rolls back, at the key of the type', () => {
    const service = one(settle(WEB), 'service');
    const breaker = knownValue(service.deploymentCircuitBreaker);
    assert.deepEqual([short(breaker?.enable), short(breaker?.rollback)], [true, true]);
    assert.equal(breaker && slice(WEB, breaker.enable.at), 'type');
    assert.equal(slice(WEB, service.nameAt), 'web');
  });

  it('has defaults of its own', () => {
    const facts = settle(WEB);
    const service = one(facts, 'service');
    const task = one(facts, 'taskDefinition');
    const group = one(facts, 'targetGroup');
    assert.deepEqual(
      [
        service.desiredCount,
        service.minimumHealthyPercent,
        service.maximumPercent,
        service.healthCheckGracePeriodSeconds,
      ].map(short),
      [1, 100, 200, 60],
    );
    assert.deepEqual([task.cpu, task.memory, task.networkMode].map(short), ['256', '512', 'awsvpc']);
    assert.deepEqual([group.targetType, group.healthCheck.path, group.deregistrationDelay].map(short), ['ip', '/', 60]);
    assert.equal(group.healthCheck.port.state, 'absent');
    assert.equal(service.logicalName, 'web');
  });

  it('checks containers in its own rhythm', () => {
    const check = knownValue(main(settle(`${WEB}  healthcheck:\n    start_period: 1m30s\n`)).healthCheck);
    assert(check);
    assert.deepEqual(words(check.command), ['CMD-SHELL', 'curl -f http://localhost/ || exit 1']);
    assert.deepEqual([check.interval, check.timeout, check.retries, check.startPeriod].map(short), [10, 5, 2, 90]);
  });
});

describe('settings', () => {
  it('of the load balancer', () => {
    const manifest = `${WEB}http:
  path: /
  deregistration_delay: 5m
  healthcheck:
    path: health
    port: 9000
    interval: 15s
    timeout: 10s
    healthy_threshold: 3
    grace_period: 2m
`;
    const facts = settle(manifest);
    const { healthCheck: check, deregistrationDelay } = one(facts, 'targetGroup');
    const values = [check.path, check.port, check.interval, check.timeout, check.healthyThreshold, deregistrationDelay];
    assert.deepEqual(values.map(short), ['/health', '9000', 15, 10, 3, 300]);
    assert.equal(short(one(facts, 'service').healthCheckGracePeriodSeconds), 120);
    assert.equal(slice(manifest, check.interval.at), '15s');
  });

  it('of deployments', () => {
    const { minimumHealthyPercent, maximumPercent, deploymentAlarms } = one(
      settle(`${WEB}deployment:\n  rolling: recreate\n  rollback_alarms: [high-errors]\n`),
      'service',
    );
    assert.deepEqual([short(minimumHealthyPercent), short(maximumPercent)], [0, 100]);
    assert.deepEqual(knownValue(deploymentAlarms)?.alarmNames.items.map(short), ['high-errors']);
  });

  const counts: readonly (readonly [count: string, desired: unknown, most: unknown])[] = [
    ['count: 3', 3, undefined],
    ['count:\n  spot: 4', 4, undefined],
    ['count:\n  range: 2-10\n  cpu_percentage: 70', 2, 10],
    ['count:\n  range:\n    min: 0\n    max: 5\n    spot_from: 2', 0, 5],
  ];
  for (const [count, desired, most] of counts) {
    it(count.replaceAll('\n', ' '), () => {
      const facts = settle(`${WEB}${count}\n`);
      assert.equal(short(one(facts, 'service').desiredCount), desired);
      const [scaling] = all(facts, 'scalableTarget');
      assert.equal(scaling && short(scaling.maxCapacity), most);
    });
  }

  it('of Service Connect: the port has a name', () => {
    const facts = settle(`${WEB}network:\n  connect: true\n`);
    assert.deepEqual(
      one(facts, 'service').serviceConnectServices.items.map(({ portName }) => short(portName)),
      ['target'],
    );
    assert.equal(short(item(main(facts).portMappings).name), 'target');
  });
});

describe('containers', () => {
  it('are built from paths of the workspace', () => {
    const { build, image } = main(settle(WEB));
    assert.equal(image.state, 'dynamic');
    assert.deepEqual(
      [short(build?.dockerfile), short(build?.context)],
      ['file:///repo/web/Dockerfile', 'file:///repo/web'],
    );
  });

  it('are built with what the build says', () => {
    const manifest = WEB.replace(
      'build: web/Dockerfile',
      'build:\n    context: ./web\n    target: production\n    args:\n      PORT: 8080',
    );
    const build = main(settle(manifest)).build;
    assert.equal(build?.dockerfile.state, 'absent');
    assert.deepEqual([short(build?.context), short(build?.target)], ['file:///repo/web', 'production']);
    assert.deepEqual(
      build?.arguments.map(({ name, value }) => [short(name), short(value)]),
      [['PORT', '8080']],
    );
  });

  it('run with variables, secrets and words', () => {
    const manifest = `${WEB}entrypoint: sh -c
command: ["node", "server.js"]
variables:
  PORT: 8080
  TABLE:
    from_cfn: shared-table
secrets:
  TOKEN: /web/token
env_file: web.env
`;
    const { entryPoint, command, environment, secrets, environmentFiles } = main(settle(manifest));
    assert.deepEqual(
      [words(entryPoint), words(command)],
      [
        ['sh', '-c'],
        ['node', 'server.js'],
      ],
    );
    assert.deepEqual(
      environment.items.map(({ name, value }) => [short(name), short(value)]),
      [
        ['PORT', '8080'],
        ['TABLE', 'dynamic: '],
      ],
    );
    assert.deepEqual(
      secrets.items.map(({ name }) => short(name)),
      ['TOKEN'],
    );
    assert.deepEqual(environmentFiles.items.map(short), ['file:///repo/web.env']);
    assert.equal(environment.complete, true);
  });

  it('of Copilot itself stand beside them', () => {
    const names = containers(settle(`${WEB}logging:\n  image: acme/logs:1\nobservability:\n  tracing: awsxray\n`));
    assert.deepEqual(
      names.map(({ name }) => short(name)),
      ['web', 'firelens_log_router', 'aws-otel-collector'],
    );
  });

  it('keep the variables of a shell', () => {
    const { command } = main(settle(`${WEB}command: ["sh", "-c", "serve --port \${PORT:-80} --host \${HOST}"]\n`));
    const literal = main(settle(`${WEB}command: ["sh", "-c", "serve --port \${PORT:-80}"]\n`)).command;
    assert.deepEqual(words(literal), ['sh', '-c', 'serve --port ${PORT:-80}']);
    assert.deepEqual(words(command), ['sh', '-c', 'dynamic: serve --port ${PORT:-80} --host ${HOST}']);
  });

  it('of a scheduled job have no service', () => {
    const facts = settle(
      'name: report\ntype: Scheduled Job\nimage:\n  build: ./Dockerfile\non:\n  schedule: "@daily"\n',
    );
    assert.equal(all(facts, 'service').length, 0);
    assert.deepEqual(
      containers(facts).map(({ name }) => short(name)),
      ['report'],
    );
  });
});

it('every place lies in the manifest', () => {
  for (const fact of settle(WEB)) {
    assert.equal(fact.at.uri, manifestUri);
    assert.ok(fact.at.span.end <= WEB.length);
  }
});
