// The fixes of rules in CDK programs of TypeScript: the right lines change, the program still parses, the finding is gone and
// nothing worse has come.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { allReports, analyze, applyFix, type Files } from '../../rules/workspace.ts';
import { loadGrammars, stack } from './app.ts';
import { checkFix, program, type Row } from './fixed.ts';

before(loadGrammars);

const image = `image: ecs.ContainerImage.fromAsset(path.join(__dirname, '../web'))`;

const task = `const task = new ecs.FargateTaskDefinition(this, 'Task');
task.addContainer('app', { ${image}, portMappings: [{ containerPort: 3000 }] });`;

const balanced = (properties: string): string => `${task}
const service = new ecs.FargateService(this, 'Service', {
  cluster,
  taskDefinition: task,
${properties.trim().replace(/^/gm, '  ')}
});
listener.addTargets('Web', { port: 80, targets: [service] });`;

const breaker = 'circuitBreaker: { rollback: true },';

const rows: readonly Row[] = [
  {
    rule: 'container-port-not-listened-on',
    what: 'the port of a pattern that says none',
    body: `new ecs_patterns.ApplicationLoadBalancedFargateService(this, 'Web', {
  taskImageOptions: { ${image} },
  ${breaker}
});`,
    change: [`-  taskImageOptions: { ${image} },`, `+  taskImageOptions: { ${image}, containerPort: 3000 },`],
  },
  {
    rule: 'container-port-not-listened-on',
    what: 'the port of a pattern that says none, on lines of its own',
    body: `new ecs_patterns.ApplicationLoadBalancedFargateService(this, 'Web', {
  taskImageOptions: {
    ${image}, // built here
  },
  ${breaker}
});`,
    change: ['+    containerPort: 3000,'],
  },
  {
    rule: 'container-port-not-listened-on',
    what: 'options in a variable',
    body: `const options = { ${image} };
new ecs_patterns.ApplicationLoadBalancedFargateService(this, 'Web', { taskImageOptions: options, ${breaker} });`,
    change: [`-const options = { ${image} };`, `+const options = { ${image}, containerPort: 3000 };`],
  },
  {
    rule: 'container-port-not-listened-on',
    what: 'a constant',
    body: `const PORT = 80;
${task.replace('containerPort: 3000', 'containerPort: PORT')}
const service = new ecs.FargateService(this, 'Service', { taskDefinition: task, ${breaker} });
listener.addTargets('Web', { targets: [service] });`,
    change: ['-const PORT = 80;', '+const PORT = 3000;'],
  },
  {
    rule: 'circuit-breaker-missing',
    what: 'behind a trailing comma',
    body: balanced('desiredCount: 2, // two are enough'),
    change: ['+  circuitBreaker: { rollback: true },'],
  },
  {
    rule: 'circuit-breaker-missing',
    what: 'in one line',
    body: `${task}\nnew ecs.FargateService(this, 'Service', { cluster, taskDefinition: task });`,
    change: [
      `-new ecs.FargateService(this, 'Service', { cluster, taskDefinition: task });`,
      `+new ecs.FargateService(this, 'Service', { cluster, taskDefinition: task, circuitBreaker: { rollback: true } });`,
    ],
  },
  {
    rule: 'circuit-breaker-missing',
    what: 'properties in a variable',
    body: `${task}
const properties: ecs.FargateServiceProps = {
  cluster,
  taskDefinition: task,
};
new ecs.FargateService(this, 'Service', properties);`,
    change: ['+  circuitBreaker: { rollback: true },'],
  },
  {
    rule: 'circuit-breaker-missing',
    what: 'a resource of CloudFormation',
    body: `${task}
new ecs.CfnService(this, 'Service', {
  taskDefinition: 'web',
  deploymentConfiguration: { minimumHealthyPercent: 100 },
});`,
    change: [
      '-  deploymentConfiguration: { minimumHealthyPercent: 100 },',
      '+  deploymentConfiguration: { minimumHealthyPercent: 100, deploymentCircuitBreaker: { enable: true, rollback: true } },',
    ],
  },
  {
    rule: 'circuit-breaker-missing',
    what: 'properties that are computed',
    body: `${task}\nnew ecs_patterns.ApplicationMultipleTargetGroupsFargateService(this, 'Service', { taskDefinition: task });`,
    change: ['!'],
  },
  {
    rule: 'circuit-breaker-without-rollback',
    what: 'an empty one',
    body: balanced('circuitBreaker: {},'),
    change: ['-  circuitBreaker: {},', '+  circuitBreaker: { rollback: true },'],
  },
  {
    rule: 'circuit-breaker-without-rollback',
    what: 'one that says so',
    body: balanced('circuitBreaker: { enable: true, rollback: false },'),
    change: [
      '-  circuitBreaker: { enable: true, rollback: false },',
      '+  circuitBreaker: { enable: true, rollback: true },',
    ],
  },
  {
    rule: 'circuit-breaker-disabled',
    what: 'one that is off',
    body: balanced('circuitBreaker: { enable: false, rollback: true },'),
    change: [
      '-  circuitBreaker: { enable: false, rollback: true },',
      '+  circuitBreaker: { enable: true, rollback: true },',
    ],
  },
  {
    rule: 'circuit-breaker-unsupported',
    what: 'a deployment by CodeDeploy',
    body: balanced(`${breaker}\ndeploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY },`),
    change: ['-  circuitBreaker: { rollback: true },'],
  },
  {
    rule: 'deployment-alarms-missing',
    what: 'an alarm with a name',
    body: `${balanced(breaker)}
const metric = service.metricCpuUtilization();
metric.createAlarm(this, 'Alarm', { alarmName: 'web-cpu', threshold: 90, evaluationPeriods: 2 });`,
    change: ["+  deploymentAlarms: { alarmNames: ['web-cpu'] },"],
  },
  {
    rule: 'deployment-cannot-progress',
    what: 'too little room',
    body: balanced(`desiredCount: 1,\nminHealthyPercent: 100,\nmaxHealthyPercent: 150,\n${breaker}`),
    change: ['-  maxHealthyPercent: 150,', '+  maxHealthyPercent: 200,'],
  },
  {
    rule: 'deployment-drops-to-zero',
    what: 'a minimum of nothing',
    body: balanced(`desiredCount: 2,\nminHealthyPercent: 0,\nmaxHealthyPercent: 100,\n${breaker}`),
    change: [
      '-  minHealthyPercent: 0,',
      '-  maxHealthyPercent: 100,',
      '+  minHealthyPercent: 100,',
      '+  maxHealthyPercent: 200,',
    ],
  },
  {
    rule: 'grace-period-too-short',
    what: "the CDK's own 60 seconds",
    body: balanced(breaker).replace(
      'portMappings',
      `healthCheck: { command: ['CMD', 'node', '-e', '0'], startPeriod: cdk.Duration.minutes(2) }, portMappings`,
    ),
    change: ['+  healthCheckGracePeriod: cdk.Duration.seconds(120),'],
  },
  {
    rule: 'grace-period-too-short',
    what: 'a period in minutes',
    body: balanced(`healthCheckGracePeriod: cdk.Duration.minutes(1),\n${breaker}`).replace(
      'portMappings',
      `healthCheck: { command: ['CMD', 'node', '-e', '0'], startPeriod: cdk.Duration.seconds(90) }, portMappings`,
    ),
    change: [
      '-  healthCheckGracePeriod: cdk.Duration.minutes(1),',
      '+  healthCheckGracePeriod: cdk.Duration.seconds(90),',
    ],
  },
  {
    rule: 'no-health-check',
    what: 'a server without a load balancer',
    body: `const task = new ecs.FargateTaskDefinition(this, 'Task');
task.addContainer('app', {
  ${image},
  portMappings: [{ containerPort: 3000 }],
});
new ecs.FargateService(this, 'Service', { taskDefinition: task, ${breaker} });`,
    change: [
      '+  healthCheck: {',
      "+    command: ['CMD-SHELL', 'curl -f http://localhost:3000/ || exit 1'],",
      '+    interval: cdk.Duration.seconds(30),',
      '+    timeout: cdk.Duration.seconds(5),',
      '+    retries: 3,',
      '+  },',
    ],
  },
  {
    rule: 'load-balancer-port-not-mapped',
    what: 'a target that nothing maps',
    body: `${task}
const service = new ecs.FargateService(this, 'Service', { taskDefinition: task, ${breaker} });
listener.addTargets('Web', { targets: [service.loadBalancerTarget({ containerName: 'app', containerPort: 8080 })] });`,
    change: [
      `-listener.addTargets('Web', { targets: [service.loadBalancerTarget({ containerName: 'app', containerPort: 8080 })] });`,
      `+listener.addTargets('Web', { targets: [service.loadBalancerTarget({ containerName: 'app', containerPort: 3000 })] });`,
    ],
  },
  {
    rule: 'health-check-port-not-listened-on',
    what: 'another port',
    body: `${balanced(breaker).replace('targets: [service]', `targets: [service], healthCheck: { path: '/', port: '8081' }`)}`,
    change: [
      `-listener.addTargets('Web', { port: 80, targets: [service], healthCheck: { path: '/', port: '8081' } });`,
      `+listener.addTargets('Web', { port: 80, targets: [service], healthCheck: { path: '/', port: 'traffic-port' } });`,
    ],
  },
  {
    rule: 'target-type-not-ip',
    what: 'instances',
    body: `${task}
const service = new ecs.FargateService(this, 'Service', { taskDefinition: task, ${breaker} });
new elbv2.ApplicationTargetGroup(this, 'Group', { targetType: elbv2.TargetType.INSTANCE, targets: [service] });`,
    change: [
      `-new elbv2.ApplicationTargetGroup(this, 'Group', { targetType: elbv2.TargetType.INSTANCE, targets: [service] });`,
      `+new elbv2.ApplicationTargetGroup(this, 'Group', { targetType: elbv2.TargetType.IP, targets: [service] });`,
    ],
  },
  {
    rule: 'registry-tags-mutable',
    what: 'a repository that says nothing of its tags',
    body: `const repository = new ecr.Repository(this, 'Repository');
const task = new ecs.FargateTaskDefinition(this, 'Task');
task.addContainer('app', { image: ecs.ContainerImage.fromEcrRepository(repository, 'v1') });
new ecs.FargateService(this, 'Service', { taskDefinition: task, ${breaker} });`,
    change: [
      `-const repository = new ecr.Repository(this, 'Repository');`,
      `+const repository = new ecr.Repository(this, 'Repository', { imageTagMutability: ecr.TagMutability.IMMUTABLE });`,
    ],
  },
  {
    rule: 'fargate-size-invalid',
    what: "the CDK's own memory",
    body: balanced(breaker).replace(`'Task')`, `'Task', { cpu: 1024 })`),
    change: [
      `-const task = new ecs.FargateTaskDefinition(this, 'Task', { cpu: 1024 });`,
      `+const task = new ecs.FargateTaskDefinition(this, 'Task', { cpu: 1024, memoryLimitMiB: 2048 });`,
    ],
  },
];

describe('TypeScript', () => {
  for (const row of rows) {
    it(`${row.rule}: ${row.what}`, () =>
      checkFix(row, { ...program, ...stack(row.body) }, 'bin/app.ts', '    ', 'typescript'));
  }
});

describe('files of other line ends', () => {
  it('keep them', async () => {
    const { 'bin/app.ts': text = '', ...rest } = stack(balanced('desiredCount: 2,'));
    const files: Files = new Map(Object.entries({ ...program, ...rest, 'bin/app.ts': text.replaceAll('\n', '\r\n') }));
    const host = await analyze(files);
    const fix = allReports(host).find((one) => one.rule === 'circuit-breaker-missing')?.fixes[0];
    assert(fix);
    assert.match(
      applyFix(host, fix, files).get('bin/app.ts') ?? '',
      /\r\n {6}circuitBreaker: \{ rollback: true \},\r\n/,
    );
  });
});
