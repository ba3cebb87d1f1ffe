// A pair of cpu and memory that Fargate does not offer.

import { fargateSizes, undecidedFargateCpu } from '../aws/fargate.ts';
import { runsOnFargate, statesFargate } from './fargateTasks.ts';
import type { DeploymentRule } from './rule.ts';

export const fargateSizeInvalid: DeploymentRule = {
  id: 'fargate-size-invalid',
  group: 'task definition',
  severity: 'error',
  summary: 'A cpu/memory pair Fargate does not offer (dated table; 32 vCPU is not reported).',
  why: 'Fargate offers fixed pairs of cpu and memory. RegisterTaskDefinition refuses any other: "No Fargate configuration exists for given values."',
  remedy: 'Choose a pair from the table of task sizes.',
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html',
  ],
  fixKinds: ['asks'],
  neighbors: [{ tool: 'cfn-lint', id: 'E3047', format: 'CloudFormation' }],
  subject: 'deployment',
  *check(deployment) {
    const { taskDefinition } = deployment;
    if (!taskDefinition || !runsOnFargate(deployment)) return;
    const { cpu, memory } = taskDefinition;
    if (cpu.state !== 'known' || memory.state !== 'known') return;
    const units = sizeOf(cpu.value, /vcpu$/i);
    const mebibytes = sizeOf(memory.value, /gb$/i);
    if (units === undefined || mebibytes === undefined || units === undecidedFargateCpu) return;
    const size = fargateSizes.find((candidate) => candidate.cpu === units);
    if (size?.memory.includes(mebibytes)) return;
    if (!size) {
      const offered = fargateSizes.map((candidate) => candidate.cpu).join(', ');
      yield {
        at: cpu.at,
        message: `Fargate has no size with ${units} CPU units; it offers ${offered}.`,
        beyondNeighbors: !statesFargate(deployment),
      };
      return;
    }
    const least = size.memory[0] ?? 0;
    const most = size.memory.at(-1) ?? 0;
    const near = size.memory.find((value) => value >= mebibytes) ?? most;
    yield {
      at: memory.at,
      message: `Fargate has no size with ${units} CPU units and ${mebibytes} MiB; with that cpu it offers ${least} to ${most} MiB.`,
      beyondNeighbors: !statesFargate(deployment),
      related: [{ at: cpu.at, message: `The cpu: ${units} units.` }],
      fixes: [
        {
          title: `Set memory to ${near} MiB…`,
          kind: 'asks',
          preferred: false,
          intents: [{ kind: 'replace', at: memory.at, value: String(near) }],
        },
      ],
    };
  },
  examples: {
    bad: [
      {
        files: `--- task-definition.json
{
  "family": "web",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "«1:256»",
  "memory": "«4096»",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "essential": true }]
}
`,
        message: 'Fargate has no size with 256 CPU units and 4096 MiB; with that cpu it offers 512 to 2048 MiB.',
      },
      {
        files: `--- task-definition.json
{
  "family": "web",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "«300»",
  "memory": "1024",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "essential": true }]
}
`,
      },
    ],
    good: [
      `--- task-definition.json
{
  "family": "web",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "1 vCPU",
  "memory": "2GB",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "essential": true }]
}
`,
      `--- task-definition.json
{
  "family": "web",
  "requiresCompatibilities": ["EC2"],
  "cpu": "300",
  "memory": "1024",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "essential": true }]
}
`,
    ],
  },
};

/** `256`, `.25 vCPU`, `2GB` in CPU units or MiB; undefined for anything else. */
function sizeOf(text: string, large: RegExp): number | undefined {
  const trimmed = text.trim();
  const digits = trimmed.replace(large, '').trim();
  if (!/^\d*\.?\d+$/.test(digits)) return undefined;
  return large.test(trimmed) ? Number(digits) * 1024 : Number(digits);
}
