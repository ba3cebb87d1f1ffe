// The fixes of rules in CDK programs of Python.

import { before, describe, it } from 'node:test';
import { loadGrammars, pythonStack } from './app.ts';
import { checkFix, program, type Row } from './fixed.ts';

before(loadGrammars);

const pythonTask = `task = ecs.FargateTaskDefinition(self, "Task")
app = task.add_container("app", image=ecs.ContainerImage.from_asset("web"))
app.add_port_mappings(ecs.PortMapping(container_port=3000))`;

const pythonBalanced = (last: string): string => `${pythonTask}
service = ecs.FargateService(
    self,
    "Service",
    task_definition=task,
    ${last}
)
elbv2.ApplicationTargetGroup(self, "Group", targets=[service])`;

const pythonRows: readonly Row[] = [
  {
    rule: 'container-port-not-listened-on',
    what: 'the port of a pattern that says none',
    body: `ecs_patterns.ApplicationLoadBalancedFargateService(
    self,
    "Web",
    circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),
    task_image_options=ecs_patterns.ApplicationLoadBalancedTaskImageOptions(
        image=ecs.ContainerImage.from_asset("web"),
    ),
)`,
    change: ['+        container_port=3000,'],
  },
  {
    rule: 'circuit-breaker-missing',
    what: 'behind a comment',
    body: pythonBalanced('desired_count=2,  # two are enough'),
    change: ['+    circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),'],
  },
  {
    rule: 'circuit-breaker-missing',
    what: 'in one line',
    body: `${pythonTask}\necs.FargateService(self, "Service", task_definition=task)`,
    change: [
      '-ecs.FargateService(self, "Service", task_definition=task)',
      '+ecs.FargateService(self, "Service", task_definition=task, circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True))',
    ],
  },
  {
    rule: 'circuit-breaker-without-rollback',
    what: 'one that leaves it to the CDK',
    body: pythonBalanced('circuit_breaker=ecs.DeploymentCircuitBreaker(enable=True),'),
    change: [
      '-    circuit_breaker=ecs.DeploymentCircuitBreaker(enable=True),',
      '+    circuit_breaker=ecs.DeploymentCircuitBreaker(enable=True, rollback=True),',
    ],
  },
  {
    rule: 'circuit-breaker-unsupported',
    what: 'a deployment by CodeDeploy',
    body: pythonBalanced(
      'circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),\n    deployment_controller=ecs.DeploymentController(type=ecs.DeploymentControllerType.CODE_DEPLOY),',
    ),
    change: ['-    circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),'],
  },
  {
    rule: 'deployment-cannot-progress',
    what: 'too little room',
    body: pythonBalanced(
      'min_healthy_percent=100,\n    max_healthy_percent=150,\n    circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),',
    ),
    change: ['-    max_healthy_percent=150,', '+    max_healthy_percent=200,'],
  },
  {
    rule: 'grace-period-too-short',
    what: "the CDK's own 60 seconds",
    body: pythonBalanced('circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),').replace(
      '("web"))',
      '("web"), health_check=ecs.HealthCheck(command=["CMD", "node"], start_period=Duration.seconds(90)))',
    ),
    change: ['+    health_check_grace_period=Duration.seconds(90),'],
  },
  {
    rule: 'target-type-not-ip',
    what: 'instances',
    body: pythonBalanced('circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),').replace(
      'targets=[service]',
      'target_type=elbv2.TargetType.INSTANCE, targets=[service]',
    ),
    change: [
      '-elbv2.ApplicationTargetGroup(self, "Group", target_type=elbv2.TargetType.INSTANCE, targets=[service])',
      '+elbv2.ApplicationTargetGroup(self, "Group", target_type=elbv2.TargetType.IP, targets=[service])',
    ],
  },
];

describe('Python', () => {
  for (const row of pythonRows) {
    it(`${row.rule}: ${row.what}`, () =>
      checkFix(row, { ...program, ...pythonStack(row.body) }, 'app.py', '        ', 'python'));
  }
});
