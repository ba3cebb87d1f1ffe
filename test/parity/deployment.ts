// One deployment of the parity suite: what every format says, what is found in it, and what is left after its fixes.

import type { Settings } from '../../server/src/config/settings.ts';
import type {
  ContainerModel,
  Model,
  ServiceModel,
  TargetGroupModel,
  TargetGroupTimes,
  TaskDefinitionModel,
  Texts,
} from './model.ts';

/** Every `from` of the format's texts becomes `to`. */
export type Rewriting = readonly [from: string, to: string];

export interface ParityDeployment {
  readonly name: string;
  /** The Dockerfile and the program, the same for all formats. */
  readonly image: Texts;
  readonly model: Model;
  /** By the name of a format: what becomes of its plain texts where it writes a value elsewhere. */
  readonly rewritten?: Readonly<Record<string, readonly Rewriting[]>>;
  /** Formats that cannot say it, each with the reason. */
  readonly except?: Readonly<Record<string, string>>;
  /** Formats in which fixes do not reach everything, each with the reason. */
  readonly unmended?: Readonly<Record<string, string>>;
  /** Levels of rules that are off elsewhere. */
  readonly levels?: Settings['rules'];
  /** `severity rule` of each finding, sorted. */
  readonly findings: readonly string[];
  /** The same after all preferred fixes. */
  readonly left: readonly string[];
}

/** Of deployments in which the target group matters. */
export const withoutTargetGroups = {
  JSON: 'a target group is named by its ARN, and stands nowhere',
  ecspresso: 'a target group is named by its ARN, and stands nowhere',
};

/** Of deployments with settings that a manifest has no words for. */
export const withoutWords = { Copilot: 'a manifest has no word for it' };

/** Of deployments with another circuit breaker than AWS Copilot sets. */
export const withoutBreaker = { Copilot: 'its circuit breaker is always on' };

/** Of deployments in which a container gets or loses a property. */
export const exceptQuotedContainers = {
  'Terraform JSON':
    'the containers stand in a quoted text with escapes, in which values are mended and nothing comes or goes',
};

export const HEALTHY_CONTAINER: ContainerModel = {
  name: 'web',
  image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1.4.2',
  essential: true,
  portMappings: [{ containerPort: 3000, protocol: 'tcp' }],
  healthCheck: {
    command: ['CMD-SHELL', 'curl -f http://localhost:3000/ || exit 1'],
    interval: 30,
    timeout: 5,
    retries: 3,
    startPeriod: 10,
  },
};

const HEALTHY_SERVICE: ServiceModel = {
  serviceName: 'web',
  desiredCount: 2,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  healthCheckGracePeriodSeconds: 60,
  circuitBreaker: { enable: true, rollback: true },
  loadBalancer: { containerName: 'web', containerPort: 3000 },
};

interface Differences {
  /** Undefined takes the health check away. */
  readonly container?: Partial<Omit<ContainerModel, 'healthCheck'>> & {
    readonly healthCheck?: ContainerModel['healthCheck'] | undefined;
  };
  readonly sidecars?: readonly ContainerModel[];
  readonly task?: Partial<Omit<TaskDefinitionModel, 'containerDefinitions'>>;
  /** Undefined takes them away. */
  readonly service?: Partial<Omit<ServiceModel, 'circuitBreaker' | 'loadBalancer'>> & {
    readonly circuitBreaker?: ServiceModel['circuitBreaker'] | undefined;
    readonly loadBalancer?: ServiceModel['loadBalancer'] | undefined;
  };
  readonly targetGroup?: TargetGroupModel;
  readonly alarm?: Model['alarm'];
  readonly repository?: Model['repository'];
}

const TARGET_GROUP_TIMES: TargetGroupTimes = { interval: 30, timeout: 5, healthyThreshold: 5, unhealthyThreshold: 2 };

/** A deployment in which everything is right but for what is said here. */
export function modelWith(differences: Differences): Model {
  const { container, sidecars = [], task, service, targetGroup, alarm, repository } = differences;
  const { circuitBreaker, loadBalancer, healthCheckGracePeriodSeconds, ...settings } = {
    ...HEALTHY_SERVICE,
    ...service,
  };
  const { healthCheck, ...main } = { ...HEALTHY_CONTAINER, ...container };
  return {
    taskDefinition: {
      family: 'web',
      cpu: '256',
      memory: '512',
      ...task,
      containerDefinitions: [{ ...main, ...(healthCheck && { healthCheck }) }, ...sidecars],
    },
    service: {
      ...settings,
      ...(circuitBreaker && { circuitBreaker }),
      // Without a load balancer there is nothing to wait for.
      ...(loadBalancer && { loadBalancer, healthCheckGracePeriodSeconds }),
    },
    ...(targetGroup && { targetGroup: { ...targetGroup, times: TARGET_GROUP_TIMES } }),
    ...(alarm && { alarm }),
    ...(repository && { repository }),
  };
}

/** A server of Node on this address, in an image that contains curl. */
export function nodeImage(listen: string, base = 'node:22-bookworm'): Texts {
  return {
    Dockerfile: `FROM ${base}\nWORKDIR /app\nCOPY server.js .\nCMD ["node", "server.js"]\n`,
    'server.js': [
      "const http = require('node:http');",
      '',
      "const server = http.createServer((request, response) => response.end('ok'));",
      `server.listen(${listen});`,
      '',
    ].join('\n'),
  };
}
