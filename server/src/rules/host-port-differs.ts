// awsvpc and host mode allow no host port but the container port.

import { knownValue } from '../facts/value.ts';
import { replaceFix } from './replaceFix.ts';
import type { DeploymentRule } from './rule.ts';

export const hostPortDiffers: DeploymentRule = {
  id: 'host-port-differs',
  group: 'ports',
  severity: 'error',
  summary: 'awsvpc or host network mode with a hostPort that is not the containerPort.',
  why: 'RegisterTaskDefinition refuses it: "When networkMode=awsvpc, the host ports and container ports in port mappings must match."',
  remedy: 'Give hostPort the value of containerPort, or leave it out. In bridge mode the two may differ.',
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html'],
  fixKinds: ['safe'],
  neighbors: [{ tool: 'cfn-lint', id: 'E3053', format: 'CloudFormation' }],
  subject: 'deployment',
  *check({ taskDefinition, containers }) {
    const mode = knownValue(taskDefinition?.networkMode);
    if (mode !== 'awsvpc' && mode !== 'host') return;
    for (const { container } of containers) {
      for (const { hostPort, containerPort } of container.portMappings.items) {
        if (hostPort.state !== 'known' || containerPort.state !== 'known') continue;
        // 0 is how SDKs write a host port that is left out.
        if (hostPort.value === 0 || hostPort.value === containerPort.value) continue;
        yield {
          at: hostPort.at,
          message: `In ${mode} mode hostPort must be containerPort ${containerPort.value}, not ${hostPort.value}.`,
          related: [{ at: containerPort.at, message: 'The container port.' }],
          beyondNeighbors: mode !== 'awsvpc',
          fixes: [replaceFix(`Set hostPort to ${containerPort.value}`, 'safe', hostPort.at, containerPort.value)],
        };
      }
    }
  },
  examples: {
    bad: [
      {
        files: `--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": «1:3000», "hostPort": «80» }] }
  ]
}
`,
        fixed: `--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": 3000, "hostPort": 3000 }] }
  ]
}
`,
        message: 'In awsvpc mode hostPort must be containerPort 3000, not 80.',
      },
    ],
    good: [
      `--- task-definition.json
{
  "family": "web",
  "networkMode": "bridge",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:1.4.2", "memory": 256, "portMappings": [{ "containerPort": 3000, "hostPort": 80 }] }
  ]
}
`,
    ],
  },
};
