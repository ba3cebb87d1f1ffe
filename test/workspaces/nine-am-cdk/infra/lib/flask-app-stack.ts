import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';

export interface FlaskAppStackProps extends cdk.StackProps {
  readonly clusterName: string;
  readonly containerPort: number;
}

export class FlaskAppStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props: FlaskAppStackProps) {
    super(scope, id, props);

    const vpc = ec2.Vpc.fromLookup(this, 'Vpc', { isDefault: true });
    const cluster = ecs.Cluster.fromClusterAttributes(this, 'Cluster', {
      clusterName: props.clusterName,
      vpc,
    });
    const repository = ecr.Repository.fromRepositoryName(this, 'Repository', 'flask-app');

    const taskDefinition = new ecs.FargateTaskDefinition(this, 'TaskDefinition', {
      family: 'flask-app',
      cpu: 256,
      memoryLimitMiB: 512,
    });
    taskDefinition.addContainer('flask-app', {
      image: ecs.ContainerImage.fromEcrRepository(repository, 'latest'),
      portMappings: [{ containerPort: props.containerPort }],
      healthCheck: {
        command: ['CMD-SHELL', 'curl -f http://localhost:5001/ || exit 1'],
        interval: cdk.Duration.seconds(30),
        startPeriod: cdk.Duration.seconds(10),
      },
      logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'ecs' }),
    });

    const service = new ecs.FargateService(this, 'Service', {
      serviceName: 'flask-app',
      cluster,
      taskDefinition,
      desiredCount: 1,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
    });

    const loadBalancer = new elbv2.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc,
      internetFacing: true,
    });
    const listener = loadBalancer.addListener('Http', { port: 80 });
    listener.addTargets('FlaskApp', {
      port: 80,
      targets: [service.loadBalancerTarget({ containerName: 'flask-app', containerPort: props.containerPort })],
      healthCheck: { path: '/' },
    });
  }
}
