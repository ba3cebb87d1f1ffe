// A small stack of CloudFormation for the examples of rules on infrastructure: one service behind a load balancer. Examples
// say what differs.

export interface StackParts {
  /** Lines of the target group's properties, indented by six spaces. */
  readonly targetGroup?: string;
  /** Lines of the service's properties, indented by six spaces. */
  readonly service?: string;
  /** The image of the only container. */
  readonly image?: string;
  /** Further resources, indented by two spaces. */
  readonly resources?: string;
}

export function stackExample({ targetGroup = '', service = '', image = 'acme/web:1.4.2', resources = '' }: StackParts) {
  return `--- template.yml
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  TaskDefinition:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      NetworkMode: awsvpc
      ContainerDefinitions:
        - Name: app
          Image: ${image}
          PortMappings:
            - ContainerPort: 8080
  TargetGroup:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Port: 80
${targetGroup === '' ? '      TargetType: ip\n' : targetGroup}  Service:
    Type: AWS::ECS::Service
    Properties:
      ServiceName: web
      TaskDefinition: !Ref TaskDefinition
      DesiredCount: 4
      DeploymentConfiguration:
        DeploymentCircuitBreaker:
          Enable: true
          Rollback: true
      LoadBalancers:
        - ContainerName: app
          ContainerPort: 8080
          TargetGroupArn: !Ref TargetGroup
${service}${resources}`;
}
