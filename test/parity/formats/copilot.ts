// A manifest of AWS Copilot for a load-balanced web service.
// https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/

import { stringify } from 'yaml';
import { type ContainerModel, compact, type JsonObject, type Model, type Texts } from '../model.ts';

export function copilot({ taskDefinition, service, targetGroup }: Model): Texts {
  const [main, ...sidecars] = taskDefinition.containerDefinitions;
  const grace = service.healthCheckGracePeriodSeconds;
  const manifest = compact({
    name: service.serviceName,
    type: service.loadBalancer ? 'Load Balanced Web Service' : 'Backend Service',
    image: main && imageOf(main),
    command: main?.command,
    variables: main && variablesOf(main),
    http:
      service.loadBalancer &&
      compact({
        path: '/',
        target_container: service.loadBalancer.containerName,
        healthcheck: compact({
          path: targetGroup?.healthCheckPath ?? '/',
          port:
            targetGroup && /^\d+$/.test(targetGroup.healthCheckPort) ? Number(targetGroup.healthCheckPort) : undefined,
          grace_period: grace === undefined ? undefined : `${grace}s`,
        }),
      }),
    cpu: Number(taskDefinition.cpu),
    memory: Number(taskDefinition.memory),
    count: service.desiredCount,
    deployment: service.minimumHealthyPercent === 0 ? { rolling: 'recreate' } : undefined,
    sidecars: sidecars.length === 0 ? undefined : Object.fromEntries(sidecars.map((one) => [one.name, sidecarOf(one)])),
  });
  return { 'copilot/web/manifest.yml': stringify(manifest, { lineWidth: 0 }) };
}

function imageOf({ image, portMappings, healthCheck }: ContainerModel): JsonObject {
  return compact({
    location: image,
    port: portMappings?.[0]?.containerPort,
    healthcheck: healthCheck && {
      command: healthCheck.command,
      interval: `${healthCheck.interval}s`,
      timeout: `${healthCheck.timeout}s`,
      retries: healthCheck.retries,
      start_period: `${healthCheck.startPeriod}s`,
    },
  });
}

function sidecarOf(container: ContainerModel): JsonObject {
  return compact({
    image: container.image,
    port: container.portMappings?.[0]?.containerPort,
    essential: container.essential,
    variables: variablesOf(container),
  });
}

function variablesOf({ environment }: ContainerModel): JsonObject | undefined {
  return environment && Object.fromEntries(environment.map(({ name, value }) => [name, value]));
}
