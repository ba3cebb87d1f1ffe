// What constructs of the CDK say: task definitions, services, patterns, target groups and what acts on them.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { type App, loadGrammars, pythonStack, settle, shown, shownList, stack } from './app.ts';

before(loadGrammars);

/** Everything about the containers and the service of an app, in lines. */
function summary(app: App): readonly string[] {
  return app.facts.flatMap((fact): readonly string[] => {
    if (fact.kind === 'taskDefinition') {
      const containers = shownList(fact.containerDefinitions, (container) => {
        const ports = shownList(container.portMappings, (mapping) => shown(mapping.containerPort));
        return `${shown(container.name)}=${shown(container.image)}:[${ports}]`;
      });
      return [`task ${shown(fact.networkMode)} ${shown(fact.cpu)}/${shown(fact.memory)}: ${containers}`];
    }
    if (fact.kind === 'service') {
      const balancers = shownList(
        fact.loadBalancers,
        (one) => `${shown(one.containerName)}:${shown(one.containerPort)}`,
      );
      const breaker = fact.deploymentCircuitBreaker;
      const switches =
        breaker.state === 'known' ? `${shown(breaker.value.enable)}/${shown(breaker.value.rollback)}` : breaker.state;
      return [
        `service ${shown(fact.desiredCount)}×${shown(fact.minimumHealthyPercent)}-${shown(fact.maximumPercent)}% ` +
          `breaker ${switches} grace ${shown(fact.healthCheckGracePeriodSeconds)} to [${balancers}]`,
      ];
    }
    if (fact.kind !== 'targetGroup') return [];
    const { path, port } = fact.healthCheck;
    return [`group ${shown(fact.targetType)} checks ${shown(port)} ${shown(path)}`];
  });
}

const image = `ecs.ContainerImage.fromRegistry('acme/web:1.4.2')`;
const task = `const task = new ecs.FargateTaskDefinition(this, 'Task', { cpu: 512, memoryLimitMiB: 1024 });
task.addContainer('app', { image: ${image}, portMappings: [{ containerPort: 8080 }] });`;

const rows: readonly (readonly [what: string, body: string, expected: readonly string[]])[] = [
  [
    'a task definition and a service',
    `${task}
new ecs.FargateService(this, 'Service', { cluster, taskDefinition: task });`,
    ['task awsvpc 512/1024: app=acme/web:1.4.2:[8080]', 'service 1×50-200% breaker absent grace - to []'],
  ],
  [
    'ports that are added later, also to the default container',
    `const task = new ecs.FargateTaskDefinition(this, 'Task');
const app = task.addContainer('id', { containerName: 'app', image: ${image} });
app.addPortMappings({ containerPort: 8080 }, { containerPort: 9090, protocol: ecs.Protocol.UDP });
task.defaultContainer?.addPortMappings({ containerPort: 7070 });`,
    ['task awsvpc 256/512: app=acme/web:1.4.2:[8080, 9090, 7070]'],
  ],
  [
    'task definitions for EC2',
    `const task = new ecs.Ec2TaskDefinition(this, 'Task');
task.addContainer('app', { image: ${image}, memoryLimitMiB: 256 });
const other = new ecs.TaskDefinition(this, 'Other', { compatibility: ecs.Compatibility.EC2_AND_FARGATE, cpu: '1024', memoryMiB: '2048' });
const host = new ecs.Ec2TaskDefinition(this, 'Host', { networkMode: ecs.NetworkMode.HOST });`,
    ['task bridge -/-: app=acme/web:1.4.2:[]', 'task awsvpc 1024/2048: ', 'task host -/-: '],
  ],
  [
    'circuit breakers and their defaults',
    `${task}
new ecs.FargateService(this, 'A', { taskDefinition: task, circuitBreaker: {} });
new ecs.FargateService(this, 'B', { taskDefinition: task, circuitBreaker: { rollback: true } });
new ecs.FargateService(this, 'C', { taskDefinition: task, circuitBreaker: { enable: false, rollback: true }, desiredCount: 3, minHealthyPercent: 100, maxHealthyPercent: 150 });
new ecs.FargateService(this, 'D', { taskDefinition: task, ...JSON.parse(text) });`,
    [
      'task awsvpc 512/1024: app=acme/web:1.4.2:[8080]',
      'service 1×50-200% breaker true/false grace - to []',
      'service 1×50-200% breaker true/true grace - to []',
      'service 3×100-150% breaker false/true grace - to []',
      'service ?…×?…-?…% breaker dynamic grace ? to [ …]',
    ],
  ],
  [
    'a listener that adds a service as its target',
    `${task}
const service = new ecs.FargateService(this, 'Service', { taskDefinition: task, healthCheckGracePeriod: cdk.Duration.minutes(2) });
const balancer = new elbv2.ApplicationLoadBalancer(this, 'Balancer', { vpc });
balancer.addListener('Http', { port: 80 }).addTargets('Web', { port: 80, targets: [service], healthCheck: { path: '/health', port: '8081' } });`,
    [
      'task awsvpc 512/1024: app=acme/web:1.4.2:[8080]',
      'service 1×50-200% breaker absent grace 120 to [app:8080]',
      'group ip checks 8081 /health',
    ],
  ],
  [
    'a target group that names the container and its port',
    `${task}
const service = new ecs.FargateService(this, 'Service', { taskDefinition: task });
const group = new elbv2.ApplicationTargetGroup(this, 'Group', {
  port: 80,
  targets: [service.loadBalancerTarget({ containerName: 'app', containerPort: 9090 })],
});
group.configureHealthCheck({ path: '/up' });`,
    [
      'task awsvpc 512/1024: app=acme/web:1.4.2:[8080]',
      'service 1×50-200% breaker absent grace 60 to [app:9090]',
      'group ip checks - /up',
    ],
  ],
  [
    'services that attach themselves',
    `${task}
const group = new elbv2.NetworkTargetGroup(this, 'Group', { port: 80 });
const service = new ecs.FargateService(this, 'Service', { taskDefinition: task });
service.attachToNetworkTargetGroup(group);
service.registerLoadBalancerTargets({ containerName: 'app', containerPort: 8081, newTargetGroupId: 'Other', listener });`,
    [
      'task awsvpc 512/1024: app=acme/web:1.4.2:[8080]',
      'group ip checks - -',
      'service 1×50-200% breaker absent grace 60 to [app:8080, app:8081]',
      'group ip checks - -',
    ],
  ],
  [
    "what the services of EC2 make of their target groups' type",
    `const task = new ecs.Ec2TaskDefinition(this, 'Task');
task.addContainer('app', { image: ${image}, portMappings: [{ containerPort: 8080 }] });
const own = new ecs.Ec2TaskDefinition(this, 'Own', { networkMode: ecs.NetworkMode.AWS_VPC });
new elbv2.ApplicationTargetGroup(this, 'A', { targets: [new ecs.Ec2Service(this, 'Service', { taskDefinition: task, daemon: true })] });
new elbv2.ApplicationTargetGroup(this, 'B', { targets: [new ecs.Ec2Service(this, 'Other', { taskDefinition: own })] });
new elbv2.ApplicationTargetGroup(this, 'C', { targets: [new ecs.Ec2Service(this, 'Third', { taskDefinition: load() })] });
new elbv2.ApplicationTargetGroup(this, 'D', {});`,
    [
      'task bridge -/-: app=acme/web:1.4.2:[8080]',
      'task awsvpc -/-: ',
      'service -×0-100% breaker absent grace 60 to [app:8080]',
      'group instance checks - -',
      'service 1×50-200% breaker absent grace 60 to [?…:?…]',
      'group ip checks - -',
      'service 1×50-200% breaker absent grace 60 to [?…:?…]',
      'group ?… checks - -',
      'group - checks - -',
    ],
  ],
  [
    'a pattern without a port',
    `new ecs_patterns.ApplicationLoadBalancedFargateService(this, 'Web', { taskImageOptions: { image: ${image} } });`,
    [
      'task awsvpc 256/512: web=acme/web:1.4.2:[80]',
      'service 1×50-200% breaker absent grace 60 to [web:80]',
      'group ip checks - -',
    ],
  ],
  [
    'a pattern that says everything',
    `const web = new ecs_patterns.NetworkLoadBalancedFargateService(this, 'Web', {
  cpu: 1024, memoryLimitMiB: 2048, desiredCount: 4, minHealthyPercent: 100, circuitBreaker: { rollback: true },
  healthCheckGracePeriod: cdk.Duration.seconds(90),
  taskImageOptions: { image: ${image}, containerName: 'app', containerPort: 3000, environment: { PORT: '3000' } },
});
web.targetGroup.configureHealthCheck({ path: '/healthz' });`,
    [
      'task awsvpc 1024/2048: app=acme/web:1.4.2:[3000]',
      'service 4×100-200% breaker true/true grace 90 to [app:3000]',
      'group ip checks - /healthz',
    ],
  ],
  [
    'a pattern with a task definition of its own',
    `${task}
new ecs_patterns.ApplicationLoadBalancedFargateService(this, 'Web', { taskDefinition: task });`,
    [
      'task awsvpc 512/1024: app=acme/web:1.4.2:[8080]',
      'service 1×50-200% breaker absent grace 60 to [app:8080]',
      'group ip checks - -',
    ],
  ],
  [
    'a sidecar beside the container of a pattern',
    `const web = new ecs_patterns.ApplicationLoadBalancedFargateService(this, 'Web', { taskImageOptions: { image: ${image} } });
web.taskDefinition.addContainer('proxy', { image: ecs.ContainerImage.fromRegistry('envoyproxy/envoy:v1.31.0') });`,
    [
      'task awsvpc 256/512: web=acme/web:1.4.2:[80], proxy=envoyproxy/envoy:v1.31.0:[]',
      'service 1×50-200% breaker absent grace 60 to [web:80]',
      'group ip checks - -',
    ],
  ],
  [
    'several target groups',
    `new ecs_patterns.ApplicationMultipleTargetGroupsFargateService(this, 'Web', {
  taskImageOptions: { image: ${image} },
  targetGroups: [{ containerPort: 8080 }, { containerPort: 9090, pathPattern: 'admin' }],
});`,
    [
      'task awsvpc 256/512: web=acme/web:1.4.2:[8080, 9090]',
      'service 1×50-200% breaker absent grace 60 to [web:8080, web:9090]',
      'group ip checks - -',
      'group ip checks - -',
    ],
  ],
  [
    'workers and scheduled tasks',
    `new ecs_patterns.QueueProcessingFargateService(this, 'Worker', { image: ${image}, minScalingCapacity: 2 });
new ecs_patterns.ScheduledFargateTask(this, 'Nightly', { scheduledFargateTaskImageOptions: { image: ${image}, memoryLimitMiB: 1024 } });`,
    [
      'task awsvpc 256/512: QueueProcessingContainer=acme/web:1.4.2:[]',
      'service 2×50-200% breaker absent grace - to []',
      'task awsvpc 256/1024: ScheduledContainer=acme/web:1.4.2:[]',
    ],
  ],
  [
    'resources of CloudFormation',
    `const task = new ecs.CfnTaskDefinition(this, 'Task', {
  family: 'web', networkMode: 'awsvpc', cpu: '256', memory: '512',
  containerDefinitions: [{ name: 'app', image: 'acme/web:1.4.2', portMappings: [{ containerPort: 8080 }] }],
});
new ecs.CfnService(this, 'Service', {
  taskDefinition: task.ref, desiredCount: 2,
  deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
});`,
    [
      'task awsvpc 256/512: app=acme/web:1.4.2:[8080]',
      'service 2×--% breaker true/false grace - to []'.replace('--', '---'),
    ],
  ],
  [
    'what the program overrides in the template',
    `${task}
const service = new ecs.FargateService(this, 'Service', { taskDefinition: task });
const child = service.node.defaultChild as ecs.CfnService;
child.addPropertyOverride('DeploymentConfiguration.DeploymentCircuitBreaker', { Enable: true, Rollback: true });
child.desiredCount = 5;`,
    ['task awsvpc 512/1024: app=acme/web:1.4.2:[8080]', 'service 5×50-200% breaker true/true grace - to []'],
  ],
  [
    'a listener that a condition chooses',
    `${task}
const service = new ecs.FargateService(this, 'Service', { taskDefinition: task });
const listener = this.node.tryGetContext('tls') ? balancer.addListener('Tls', { port: 443 }) : balancer.addListener('Http', { port: 80 });
listener.addTargets('Web', { port: 80, targets: [service.loadBalancerTarget({ containerName: 'app', containerPort: 8080 })] });`,
    [
      'task awsvpc 512/1024: app=acme/web:1.4.2:[8080]',
      'service 1×50-200% breaker absent grace 60 to [app:8080]',
      'group ip checks - -',
    ],
  ],
  [
    'a target that code out of view is given',
    `${task}
const service = new ecs.FargateService(this, 'Service', { taskDefinition: task });
register([service.loadBalancerTarget({ containerName: 'app', containerPort: 8080 })]);`,
    ['task awsvpc 512/1024: app=acme/web:1.4.2:[8080]', 'service 1×50-200% breaker absent grace - to [ …]'],
  ],
  [
    'a pattern whose target groups name the ports of its container',
    `new ecs_patterns.ApplicationMultipleTargetGroupsFargateService(this, 'Web', {
  taskImageOptions: { image: ${image}, containerPorts: [80, 9090] }, targetGroups: [{ containerPort: 80 }, { containerPort: 7070 }],
});`,
    [
      'task awsvpc 256/512: web=acme/web:1.4.2:[80, 9090, 7070]',
      'service 1×50-200% breaker absent grace 60 to [web:80, web:7070]',
      'group ip checks - -',
      'group ip checks - -',
    ],
  ],
  [
    'overrides below lists, of parts and of what a child is found by; properties that are taken away',
    `${task}
(task.node.defaultChild as ecs.CfnTaskDefinition).addPropertyOverride('ContainerDefinitions.0.PortMappings.0.ContainerPort', 9090);
const service = new ecs.FargateService(this, 'Service', { taskDefinition: task, circuitBreaker: { rollback: true } });
const child = service.node.tryFindChild('Service') as ecs.CfnService;
child.addOverride('Properties.DesiredCount', 4);
child.addPropertyDeletionOverride('DeploymentConfiguration.DeploymentCircuitBreaker');
child.addOverride('DependsOn', ['Other']);
const web = new ecs_patterns.ApplicationLoadBalancedFargateService(this, 'Web', { taskImageOptions: { image: ${image} } });
(web.service.node.defaultChild as ecs.CfnService).addPropertyOverride('DeploymentConfiguration.MaximumPercent', 150);
(web.taskDefinition.node.defaultChild as ecs.CfnTaskDefinition).addPropertyOverride('Cpu', '1024');
(web.targetGroup.node.defaultChild as elbv2.CfnTargetGroup).addPropertyOverride('HealthCheckPath', '/up');`,
    [
      'task awsvpc 512/1024: app=acme/web:1.4.2:[9090]',
      'service 4×50-200% breaker absent grace - to []',
      'task awsvpc 1024/512: web=acme/web:1.4.2:[80]',
      'service 1×50-150% breaker absent grace 60 to [web:80]',
      'group ip checks - /up',
    ],
  ],
];

describe('TypeScript', () => {
  for (const [what, body, expected] of rows) {
    it(what, () => assert.deepEqual(summary(settle(stack(body))), expected));
  }
});

const pythonRows: readonly (readonly [what: string, body: string, expected: readonly string[]])[] = [
  [
    'a service behind a load balancer',
    `
task = ecs.FargateTaskDefinition(self, "Task", cpu=512, memory_limit_mib=1024)
app = task.add_container("app", image=ecs.ContainerImage.from_registry("acme/web:1.4.2"))
app.add_port_mappings(ecs.PortMapping(container_port=8080))
service = ecs.FargateService(
    self, "Service", task_definition=task, desired_count=2,
    circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),
    health_check_grace_period=Duration.seconds(90),
)
group = elbv2.ApplicationTargetGroup(self, "Group", port=80, targets=[service], health_check=elbv2.HealthCheck(path="/up"))`,
    [
      'task awsvpc 512/1024: app=acme/web:1.4.2:[8080]',
      'service 2×50-200% breaker true/true grace 90 to [app:8080]',
      'group ip checks - /up',
    ],
  ],
  [
    'a pattern',
    `
ecs_patterns.ApplicationLoadBalancedFargateService(
    self,
    "Web",
    task_image_options=ecs_patterns.ApplicationLoadBalancedTaskImageOptions(
        image=ecs.ContainerImage.from_registry("acme/web:1.4.2"),
        environment={"PORT": "3000"},
    ),
)`,
    [
      'task awsvpc 256/512: web=acme/web:1.4.2:[80]',
      'service 1×50-200% breaker absent grace 60 to [web:80]',
      'group ip checks - -',
    ],
  ],
];

describe('Python', () => {
  for (const [what, body, expected] of pythonRows) {
    it(what, () => assert.deepEqual(summary(settle(pythonStack(body))), expected));
  }
});
