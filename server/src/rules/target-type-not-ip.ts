// Tasks with addresses of their own need a target group of addresses.

import { knownValue } from '../facts/value.ts';
import { stackExample } from './infrastructureExamples.ts';
import type { DeploymentRule } from './rule.ts';

export const targetTypeNotIp: DeploymentRule = {
  id: 'target-type-not-ip',
  group: 'ports',
  severity: 'error',
  summary: 'awsvpc service with a target group whose target type is not `ip`.',
  why: 'A task in `awsvpc` mode has a network interface of its own and is registered by its address. CreateService refuses a target group of instances, and `instance` is what a target group is unless it says otherwise.',
  remedy: 'Set the target type to `ip`. A target group cannot change its type: it is replaced.',
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html'],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check({ taskDefinition, infrastructure }) {
    const mode = taskDefinition?.networkMode;
    if (mode?.state !== 'known' || mode.value !== 'awsvpc') return;
    for (const { targetGroup } of infrastructure?.targets ?? []) {
      const type = targetGroup.targetType;
      const written = type.state === 'absent' ? 'instance' : knownValue(type);
      if (written !== 'instance') continue;
      yield {
        at: type.state === 'known' ? type.at : targetGroup.nameAt,
        message:
          type.state === 'known'
            ? 'A task in awsvpc mode is registered by its address, so the target type must be ip, not instance.'
            : 'A task in awsvpc mode is registered by its address, but the target group has the default target type, instance.',
        related: [{ at: mode.at, message: 'The network mode of the task.' }],
        fixes: [
          {
            title: 'Set the target type to ip',
            kind: 'unsafe',
            preferred: true,
            intents: [
              type.state === 'known'
                ? { kind: 'replace', at: type.at, value: 'ip' }
                : { kind: 'set', owner: targetGroup.at, path: ['targetType'], value: 'ip' },
            ],
          },
        ],
      };
    }
  },
  examples: {
    bad: [
      {
        files: stackExample({ targetGroup: '      TargetType: «instance»\n' }),
        fixed: stackExample({ targetGroup: '      TargetType: ip\n' }),
        message: 'A task in awsvpc mode is registered by its address, so the target type must be ip, not instance.',
      },
      {
        files: stackExample({ targetGroup: '      Protocol: HTTP\n' }).replace(
          '  TargetGroup:\n',
          '  «TargetGroup»:\n',
        ),
      },
    ],
    good: [stackExample({})],
  },
};
