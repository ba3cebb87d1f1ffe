// What constructs of the CDK say in detail: containers and their images, the places of values, what acts on services.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { knownValue } from '../../../server/src/facts/value.ts';
import { loadGrammars, settle, shown, shownList, stack, written } from './app.ts';

before(loadGrammars);

const image = `ecs.ContainerImage.fromRegistry('acme/web:1.4.2')`;
const task = `const task = new ecs.FargateTaskDefinition(this, 'Task', { cpu: 512, memoryLimitMiB: 1024 });
task.addContainer('app', { image: ${image}, portMappings: [{ containerPort: 8080 }] });`;

const ECR = '?${account}.dkr.ecr.${region}.amazonaws.com/';
const repositories: readonly (readonly [repository: string, image: string])[] = [
  [`new ecr.Repository(this, 'Own')`, '${Web.Own}:v1'],
  [`new ecr.Repository(this, 'Own', { repositoryName: 'acme/web' })`, 'acme/web:v1'],
  ['new ecr.Repository(this, `Own`, { repositoryName: `${process.env.STAGE}/web` })', '${STAGE}/web:v1'],
  [`ecr.Repository.fromRepositoryName(this, 'Imported', 'acme/web')`, 'acme/web:v1'],
  [
    `ecr.Repository.fromRepositoryAttributes(this, 'Imported', { repositoryArn, repositoryName: 'acme/web' })`,
    'acme/web:v1',
  ],
  [
    `ecr.Repository.fromRepositoryArn(this, 'Imported', 'arn:aws:ecr:eu-west-1:123456789012:repository/acme/web')`,
    'acme/web:v1',
  ],
  ['lookUp()', '${repository}:v1'],
];

describe('repositories', () => {
  for (const [repository, name] of repositories) {
    it(repository, () => {
      const app = settle(
        stack(`const repository = ${repository};
const task = new ecs.FargateTaskDefinition(this, 'Task');
task.addContainer('app', { image: ecs.ContainerImage.fromEcrRepository(repository, 'v1') });`),
      );
      const [container] = app.only('taskDefinition').containerDefinitions.items;
      assert.equal(shown(container?.image), ECR + name);
      const own = app.of('imageRepository')[0]?.address;
      const pieces = container?.image.state === 'dynamic' ? (container.image.pieces ?? []) : [];
      assert.equal(
        pieces.find(({ value }) => value.value.startsWith('resource:'))?.value.value,
        own,
        'the text still names the resource',
      );
    });
  }
});

describe('containers', () => {
  const container = (body: string) => {
    const app = settle(stack(`const task = new ecs.FargateTaskDefinition(this, 'Task');\n${body}`));
    const [only] = app.only('taskDefinition').containerDefinitions.items;
    assert(only);
    return { only, app };
  };

  it('say their environment, secrets and command', () => {
    const { only } = container(`const base = { NODE_ENV: 'production' };
const app = task.addContainer('app', {
  image: ${image},
  environment: { ...base, PORT: '3000', HOST: props.host },
  secrets: { TOKEN: ecs.Secret.fromSecretsManager(secret) },
  command: ['node', 'server.js'],
  essential: false,
  logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'web' }),
});
app.addEnvironment('EXTRA', 'yes');`);
    const environment = shownList(only.environment, ({ name, value }) => `${shown(name)}=${shown(value)}`);
    assert.equal(environment, 'NODE_ENV=production, PORT=3000, HOST=-, EXTRA=yes');
    assert.equal(
      shownList(only.secrets, ({ name }) => shown(name)),
      'TOKEN',
    );
    assert.deepEqual(knownValue(only.command)?.map(shown), ['node', 'server.js']);
    assert.equal(shown(only.essential), 'false');
    assert.equal(shown(only.logDriver), 'awslogs');
  });

  it('say their health check as the CDK writes it', () => {
    const { only } = container(`task.addContainer('app', { image: ${image}, healthCheck: {
  command: ['curl -f http://localhost/ || exit 1'], interval: cdk.Duration.seconds(10), startPeriod: cdk.Duration.minutes(1),
} });`);
    const check = knownValue(only.healthCheck);
    assert(check);
    assert.deepEqual(knownValue(check.command)?.map(shown), ['CMD-SHELL', 'curl -f http://localhost/ || exit 1']);
    assert.deepEqual([shown(check.interval), shown(check.startPeriod), shown(check.retries)], ['10', '60', '-']);
  });

  const builds: readonly (readonly [what: string, image: string, dockerfile: string, target: string])[] = [
    ['a folder', `fromAsset('../web')`, 'file:///web/Dockerfile', '-'],
    [
      'the folder of an ES module',
      `fromAsset(path.join(import.meta.dirname, '../web'))`,
      'file:///repo/web/Dockerfile',
      '-',
    ],
    [
      'its address',
      `fromAsset(path.join(path.dirname(import.meta.url), '../web'))`,
      'file:///repo/web/Dockerfile',
      '-',
    ],
    ['a joined path', `fromAsset(path.join(__dirname, '..', 'web'))`, 'file:///repo/web/Dockerfile', '-'],
    [
      'a file and a stage',
      `fromAsset(path.resolve(__dirname, '../web'), { file: 'docker/api.Dockerfile', target: 'release' })`,
      'file:///repo/web/docker/api.Dockerfile',
      'release',
    ],
    ['a folder of the program', `fromAsset('./web')`, 'file:///repo/web/Dockerfile', '-'],
  ];
  for (const [what, from, dockerfile, target] of builds) {
    it(`are built from ${what}`, () => {
      const { only } = container(`task.addContainer('app', { image: ecs.ContainerImage.${from} });`);
      assert(only.build);
      assert.equal(shown(only.build.dockerfile), dockerfile);
      assert.equal(shown(only.build.target), target);
      assert.equal(only.image.state, 'dynamic');
    });
  }

  it('run images of repositories, `latest` where no tag is said', () => {
    const { only } = container(`const repository = ecr.Repository.fromRepositoryName(this, 'Repository', 'web');
task.addContainer('app', { image: ecs.ContainerImage.fromEcrRepository(repository) });`);
    assert.equal(shown(only.image), '?${account}.dkr.ecr.${region}.amazonaws.com/web:latest');
  });
});

describe('places', () => {
  it('a default stands where the construct is named', () => {
    const app = settle(
      stack(
        `new ecs_patterns.ApplicationLoadBalancedFargateService(this, 'Web', { taskImageOptions: { image: ${image} } });`,
      ),
    );
    const [container] = app.only('taskDefinition').containerDefinitions.items;
    const [mapping] = container?.portMappings.items ?? [];
    assert(mapping);
    assert.equal(written(mapping.containerPort, app.texts), 'taskImageOptions');
    const service = app.only('service');
    assert.equal(written(service.minimumHealthyPercent, app.texts), 'ApplicationLoadBalancedFargateService');
  });

  it('a duration in seconds is its number, any other the whole call', () => {
    const app = settle(
      stack(`${task}
new ecs.FargateService(this, 'A', { taskDefinition: task, healthCheckGracePeriod: cdk.Duration.seconds(90) });
new ecs.FargateService(this, 'B', { taskDefinition: task, healthCheckGracePeriod: cdk.Duration.minutes(1) });`),
    );
    const places = app.of('service').map((service) => written(service.healthCheckGracePeriodSeconds, app.texts));
    assert.deepEqual(places, ['90', 'cdk.Duration.minutes(1)']);
  });
});

describe('around services', () => {
  it('scaling and its schedule', () => {
    const app = settle(
      stack(`${task}
const service = new ecs.FargateService(this, 'Service', { taskDefinition: task });
const scaling = service.autoScaleTaskCount({ minCapacity: 0, maxCapacity: 4 });
scaling.scaleOnSchedule('Night', { schedule: appscaling.Schedule.cron({ hour: '20', minute: '0' }), minCapacity: 0, maxCapacity: 0 });`),
    );
    const target = app.only('scalableTarget');
    assert.equal(shown(target.service), app.only('service').address);
    const scheduled = app.only('scheduledCount');
    assert.deepEqual([shown(scheduled.count), shown(scheduled.schedule)], ['0', 'cron(0 20 * * ? *)']);
  });

  it('alarms that deployments listen to', () => {
    const app = settle(
      stack(`${task}
const alarm = new cloudwatch.Alarm(this, 'Alarm', { alarmName: 'unhealthy', metric: group.metrics.unhealthyHostCount() });
new ecs.FargateService(this, 'Service', { taskDefinition: task, deploymentAlarms: { alarmNames: [alarm.alarmName] } });`),
    );
    const alarms = knownValue(app.only('service').deploymentAlarms);
    assert(alarms);
    assert.equal(shownList(alarms.alarmNames, shown), app.only('alarm').address);
    assert.deepEqual([shown(alarms.enable), shown(alarms.rollback)], ['true', 'true']);
  });

  it('repositories and their tags', () => {
    const app = settle(
      stack(`const repository = new ecr.Repository(this, 'Repository', { repositoryName: 'web', imageTagMutability: ecr.TagMutability.IMMUTABLE });
const task = new ecs.FargateTaskDefinition(this, 'Task');
task.addContainer('app', { image: ecs.ContainerImage.fromEcrRepository(repository, 'v1') });`),
    );
    const repository = app.only('imageRepository');
    assert.equal(shown(repository.imageTagMutability), 'IMMUTABLE');
    const image = app.only('taskDefinition').containerDefinitions.items[0]?.image;
    assert(image?.state === 'dynamic');
    assert(image.pieces?.some(({ value }) => value.value === repository.address));
  });
});
