from aws_cdk import Duration, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elbv2
from constructs import Construct


class FlaskAppStack(Stack):
    def __init__(self, scope: Construct, construct_id: str, *, cluster_name: str, container_port: int, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        vpc = ec2.Vpc.from_lookup(self, "Vpc", is_default=True)
        cluster = ecs.Cluster.from_cluster_attributes(self, "Cluster", cluster_name=cluster_name, vpc=vpc)
        repository = ecr.Repository.from_repository_name(self, "Repository", "flask-app")

        task_definition = ecs.FargateTaskDefinition(
            self,
            "TaskDefinition",
            family="flask-app",
            cpu=256,
            memory_limit_mib=512,
        )
        container = task_definition.add_container(
            "flask-app",
            image=ecs.ContainerImage.from_ecr_repository(repository, "latest"),
            health_check=ecs.HealthCheck(
                command=["CMD-SHELL", f"curl -f http://localhost:{container_port}/ || exit 1"],
                interval=Duration.seconds(30),
                start_period=Duration.seconds(10),
            ),
            logging=ecs.LogDrivers.aws_logs(stream_prefix="ecs"),
        )
        container.add_port_mappings(ecs.PortMapping(container_port=container_port))

        service = ecs.FargateService(
            self,
            "Service",
            service_name="flask-app",
            cluster=cluster,
            task_definition=task_definition,
            desired_count=1,
            min_healthy_percent=100,
            max_healthy_percent=200,
        )

        load_balancer = elbv2.ApplicationLoadBalancer(self, "LoadBalancer", vpc=vpc, internet_facing=True)
        listener = load_balancer.add_listener("Http", port=80)
        listener.add_targets(
            "FlaskApp",
            port=80,
            targets=[service],
            health_check=elbv2.HealthCheck(path="/"),
        )
