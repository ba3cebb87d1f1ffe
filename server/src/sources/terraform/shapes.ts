// How the provider's resources spell the properties of the API, for reading and for writing.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs

/** The arguments of a block by their names. What is not listed tells nothing about deployments. */
export type Shape = Readonly<Record<string, Target>>;

export interface Target {
  /** The API's property; dots lead into objects that Terraform does not write. Empty for what lies beside its owner. */
  readonly to: string;
  /** A nested block: `one` is an object, `many` a list of objects. */
  readonly block?: 'one' | 'many';
  readonly shape?: Shape;
  /** It names another resource. */
  readonly refers?: true;
  /** Text that AWS reads as JSON, or takes as text. */
  readonly text?: 'json' | 'plain';
}

export interface ResourceShape {
  /** CloudFormation's name. */
  readonly type: string;
  readonly shape: Shape;
  /** The argument that names it to people. */
  readonly naming: string;
  /** What the provider sets where nothing is written. */
  readonly defaults?: Readonly<Record<string, string | number>>;
}

const to = (path: string): Target => ({ to: path });
const refers = (path: string): Target => ({ to: path, refers: true });
const one = (path: string, shape: Shape): Target => ({ to: path, block: 'one', shape });
const many = (path: string, shape: Shape): Target => ({ to: path, block: 'many', shape });

const DEPLOYMENT = 'deploymentConfiguration';

const circuitBreaker: Shape = { enable: to('enable'), rollback: to('rollback') };

const service: ResourceShape = {
  type: 'AWS::ECS::Service',
  naming: 'name',
  shape: {
    name: to('serviceName'),
    cluster: refers('cluster'),
    task_definition: refers('taskDefinition'),
    desired_count: to('desiredCount'),
    launch_type: to('launchType'),
    scheduling_strategy: to('schedulingStrategy'),
    platform_version: to('platformVersion'),
    force_new_deployment: to('forceNewDeployment'),
    health_check_grace_period_seconds: to('healthCheckGracePeriodSeconds'),
    deployment_minimum_healthy_percent: to(`${DEPLOYMENT}.minimumHealthyPercent`),
    deployment_maximum_percent: to(`${DEPLOYMENT}.maximumPercent`),
    deployment_circuit_breaker: one(`${DEPLOYMENT}.deploymentCircuitBreaker`, circuitBreaker),
    alarms: one(`${DEPLOYMENT}.alarms`, {
      alarm_names: refers('alarmNames'),
      enable: to('enable'),
      rollback: to('rollback'),
    }),
    deployment_configuration: one(DEPLOYMENT, { strategy: to('strategy') }),
    deployment_controller: one('deploymentController', { type: to('type') }),
    load_balancer: many('loadBalancers', {
      target_group_arn: refers('targetGroupArn'),
      container_name: to('containerName'),
      container_port: to('containerPort'),
    }),
    network_configuration: one('networkConfiguration.awsvpcConfiguration', {
      security_groups: refers('securityGroups'),
      assign_public_ip: to('assignPublicIp'),
    }),
    service_connect_configuration: one('serviceConnectConfiguration', {
      enabled: to('enabled'),
      service: many('services', { port_name: to('portName'), discovery_name: to('discoveryName') }),
    }),
  },
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service#desired_count-1
  defaults: { desiredCount: 0 },
};

const taskDefinition: ResourceShape = {
  type: 'AWS::ECS::TaskDefinition',
  naming: 'family',
  shape: {
    family: to('family'),
    network_mode: to('networkMode'),
    requires_compatibilities: to('requiresCompatibilities'),
    cpu: to('cpu'),
    memory: to('memory'),
    execution_role_arn: refers('executionRoleArn'),
    task_role_arn: refers('taskRoleArn'),
    container_definitions: { to: 'containerDefinitions', text: 'json' },
  },
};

const targetGroup: ResourceShape = {
  type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  naming: 'name',
  shape: {
    name: to('name'),
    port: to('port'),
    protocol: to('protocol'),
    target_type: to('targetType'),
    deregistration_delay: to('deregistrationDelay'),
    health_check: one('', {
      enabled: to('healthCheckEnabled'),
      protocol: to('healthCheckProtocol'),
      port: to('healthCheckPort'),
      path: to('healthCheckPath'),
      matcher: to('healthyHttpCodes'),
      interval: to('healthCheckIntervalSeconds'),
      timeout: to('healthCheckTimeoutSeconds'),
      healthy_threshold: to('healthyThresholdCount'),
      unhealthy_threshold: to('unhealthyThresholdCount'),
    }),
  },
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_target_group#health_check
  defaults: { healthyThresholdCount: 3, unhealthyThresholdCount: 3, healthCheckIntervalSeconds: 30 },
};

const action: Shape = {
  type: to('type'),
  target_group_arn: refers('targetGroupArn'),
  forward: one('forwardConfig', { target_group: many('targetGroups', { arn: refers('targetGroupArn') }) }),
};

const listener: ResourceShape = {
  type: 'AWS::ElasticLoadBalancingV2::Listener',
  naming: 'port',
  shape: { load_balancer_arn: refers('loadBalancerArn'), default_action: many('defaultActions', action) },
};

const listenerRule: ResourceShape = {
  type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
  naming: 'priority',
  shape: { listener_arn: refers('listenerArn'), action: many('actions', action) },
};

const loadBalancer: ResourceShape = {
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  naming: 'name',
  shape: { name: to('name'), load_balancer_type: to('type'), security_groups: refers('securityGroups') },
};

const ports: Shape = { from_port: to('fromPort'), to_port: to('toPort'), protocol: to('ipProtocol') };

const securityGroup: ResourceShape = {
  type: 'AWS::EC2::SecurityGroup',
  naming: 'name',
  shape: {
    name: to('groupName'),
    ingress: many('securityGroupIngress', {
      ...ports,
      cidr_blocks: to('cidrIp'),
      ipv6_cidr_blocks: to('cidrIpv6'),
      prefix_list_ids: to('sourcePrefixListId'),
      security_groups: refers('sourceSecurityGroupId'),
      self: to('self'),
    }),
  },
};

const securityGroupRule: ResourceShape = {
  type: 'AWS::EC2::SecurityGroupIngress',
  naming: 'description',
  shape: {
    ...ports,
    type: to('type'),
    security_group_id: refers('groupId'),
    cidr_blocks: to('cidrIp'),
    ipv6_cidr_blocks: to('cidrIpv6'),
    prefix_list_ids: to('sourcePrefixListId'),
    source_security_group_id: refers('sourceSecurityGroupId'),
    self: to('self'),
  },
};

const ingressRule: ResourceShape = {
  type: 'AWS::EC2::SecurityGroupIngress',
  naming: 'description',
  shape: {
    from_port: to('fromPort'),
    to_port: to('toPort'),
    ip_protocol: to('ipProtocol'),
    security_group_id: refers('groupId'),
    cidr_ipv4: to('cidrIp'),
    cidr_ipv6: to('cidrIpv6'),
    prefix_list_id: to('sourcePrefixListId'),
    referenced_security_group_id: refers('sourceSecurityGroupId'),
  },
};

const scalableTarget: ResourceShape = {
  type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  naming: 'resource_id',
  shape: {
    service_namespace: to('serviceNamespace'),
    resource_id: refers('resourceId'),
    min_capacity: to('minCapacity'),
    max_capacity: to('maxCapacity'),
  },
};

/** CloudFormation writes scheduled actions inside their target. */
export const SCHEDULED_ACTION = 'scheduledAction';

const scheduledAction: ResourceShape = {
  type: SCHEDULED_ACTION,
  naming: 'name',
  shape: {
    name: to('scheduledActionName'),
    service_namespace: to('serviceNamespace'),
    resource_id: refers('resourceId'),
    schedule: to('schedule'),
    scalable_target_action: one('scalableTargetAction', {
      min_capacity: to('minCapacity'),
      max_capacity: to('maxCapacity'),
    }),
  },
};

const schedule: ResourceShape = {
  type: 'AWS::Scheduler::Schedule',
  naming: 'name',
  shape: {
    name: to('name'),
    schedule_expression: to('scheduleExpression'),
    target: one('target', { arn: to('arn'), input: { to: 'input', text: 'plain' } }),
  },
};

const alarm: ResourceShape = {
  type: 'AWS::CloudWatch::Alarm',
  naming: 'alarm_name',
  shape: {
    alarm_name: to('alarmName'),
    namespace: to('namespace'),
    metric_name: to('metricName'),
    dimensions: refers('dimensions'),
    period: to('period'),
    evaluation_periods: to('evaluationPeriods'),
    datapoints_to_alarm: to('datapointsToAlarm'),
    alarm_actions: refers('alarmActions'),
    metric_query: many('metrics', { id: to('id') }),
  },
};

const eventRule: ResourceShape = {
  type: 'AWS::Events::Rule',
  naming: 'name',
  shape: { name: to('name'), event_pattern: { to: 'eventPattern', text: 'plain' } },
};

const deploymentGroup: ResourceShape = {
  type: 'AWS::CodeDeploy::DeploymentGroup',
  naming: 'deployment_group_name',
  shape: {
    deployment_group_name: to('deploymentGroupName'),
    deployment_config_name: to('deploymentConfigName'),
    auto_rollback_configuration: one('autoRollbackConfiguration', { enabled: to('enabled'), events: to('events') }),
    alarm_configuration: one('alarmConfiguration', { enabled: to('enabled'), alarms: refers('alarms') }),
    ecs_service: many('ecsServices', { service_name: refers('serviceName') }),
    trigger_configuration: many('triggerConfigurations', { trigger_events: to('triggerEvents') }),
  },
};

const repository: ResourceShape = {
  type: 'AWS::ECR::Repository',
  naming: 'name',
  shape: { name: to('repositoryName'), image_tag_mutability: to('imageTagMutability') },
};

const expressService: ResourceShape = {
  type: 'AWS::ECS::ExpressGatewayService',
  naming: 'service_name',
  shape: {
    service_name: to('serviceName'),
    cluster: refers('cluster'),
    cpu: to('cpu'),
    memory: to('memory'),
    execution_role_arn: refers('executionRoleArn'),
    task_role_arn: refers('taskRoleArn'),
    primary_container: one('primaryContainer', {
      image: to('image'),
      container_port: to('containerPort'),
      command: to('command'),
      environment: many('environment', { name: to('name'), value: to('value') }),
      secret: many('secrets', { name: to('name'), value_from: to('valueFrom') }),
    }),
  },
};

const shapes: Readonly<Record<string, ResourceShape>> = {
  aws_ecs_service: service,
  aws_ecs_express_gateway_service: expressService,
  aws_ecs_task_definition: taskDefinition,
  aws_lb_target_group: targetGroup,
  aws_alb_target_group: targetGroup,
  aws_lb_listener: listener,
  aws_alb_listener: listener,
  aws_lb_listener_rule: listenerRule,
  aws_alb_listener_rule: listenerRule,
  aws_lb: loadBalancer,
  aws_alb: loadBalancer,
  aws_security_group: securityGroup,
  aws_default_security_group: securityGroup,
  aws_security_group_rule: securityGroupRule,
  aws_vpc_security_group_ingress_rule: ingressRule,
  aws_appautoscaling_target: scalableTarget,
  aws_appautoscaling_scheduled_action: scheduledAction,
  aws_scheduler_schedule: schedule,
  aws_cloudwatch_metric_alarm: alarm,
  aws_cloudwatch_event_rule: eventRule,
  aws_codedeploy_deployment_group: deploymentGroup,
  aws_ecr_repository: repository,
};

export function shapeOf(resourceType: string): ResourceShape | undefined {
  return Object.hasOwn(shapes, resourceType) ? shapes[resourceType] : undefined;
}

/** `awscc_ecs_service` and its neighbors are CloudFormation's own, in snake case. */
const CLOUD_CONTROL: Readonly<Record<string, string>> = {
  awscc_ecs_service: 'AWS::ECS::Service',
  awscc_ecs_task_definition: 'AWS::ECS::TaskDefinition',
  awscc_elasticloadbalancingv2_target_group: 'AWS::ElasticLoadBalancingV2::TargetGroup',
};

export function cloudControlType(resourceType: string): string | undefined {
  return Object.hasOwn(CLOUD_CONTROL, resourceType) ? CLOUD_CONTROL[resourceType] : undefined;
}

/** `load_balancer` to `loadBalancer`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `loadBalancer` to `load_balancer`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
