// What Fargate accepts, as of 2026-11.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html

interface TaskSize {
  /** CPU units; 1024 are one vCPU. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: readonly number[];
}

function steps(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}

/**
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 * 32 vCPU are left out: AWS's pages disagree on whether Fargate offers them.
 */
export const fargateSizes: readonly TaskSize[] = [
  { cpu: 256, memory: [512, 1024, 2048] },
  { cpu: 512, memory: steps(1024, 4096, 1024) },
  { cpu: 1024, memory: steps(2048, 8192, 1024) },
  { cpu: 2048, memory: steps(4096, 16384, 1024) },
  { cpu: 4096, memory: steps(8192, 30720, 1024) },
  { cpu: 8192, memory: steps(16384, 61440, 4096) },
  { cpu: 16384, memory: steps(32768, 122880, 8192) },
];

export const undecidedFargateCpu = 32768;

/** Keys that Fargate rejects when they say anything, by where they stand; dots lead into objects. */
export const fargateRejected = {
  task: ['ipcMode', 'placementConstraints', 'inferenceAccelerators'],
  container: [
    'disableNetworking',
    'dnsSearchDomains',
    'dnsServers',
    'dockerSecurityOptions',
    'extraHosts',
    'links',
    'privileged',
    'linuxParameters.devices',
    'linuxParameters.sharedMemorySize',
    'linuxParameters.tmpfs',
    'linuxParameters.maxSwap',
    'linuxParameters.swappiness',
  ],
} as const;
