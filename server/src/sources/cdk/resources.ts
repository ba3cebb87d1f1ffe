// Everything about deployments that a CDK program makes, as descriptions.

import type { DescribedResource } from '../described/described.ts';
import { isTaskDefinition, taskDefinitionOf } from './containers.ts';
import { operationsOf } from './operations.ts';
import { behindPattern, isPattern, patternFacts } from './patterns.ts';
import type { App } from './read.ts';
import { isSecurityGroup, securityGroupOf } from './securityGroups.ts';
import { isService, serviceOf } from './services.ts';
import { attachmentsOf, balancingOf, targetGroupOf, targetGroupProperties, targetTypeOf } from './targets.ts';
import type { Made } from './values.ts';

export function resourcesOf(app: App): readonly DescribedResource[] {
  const attachments = attachmentsOf(app).map((one) => ({ ...one, service: behindPattern(one.service) }));
  const attached = new Map(attachments.map(({ group, service }) => [group, targetTypeOf(service)]));
  return app.made.flatMap((made: Made): readonly DescribedResource[] => {
    if (isTaskDefinition(made)) return [taskDefinitionOf(made, app)];
    if (isService(made)) return [serviceOf(made, attachments, app)];
    if (isPattern(made)) return patternFacts(made, app);
    if (isSecurityGroup(made)) return [securityGroupOf(made, attachments, app)];
    const group = targetGroupProperties(made);
    const groups =
      group || (made.callee === 'registerLoadBalancerTargets' && attached.has(made))
        ? [targetGroupOf(made, group ?? { kind: 'object', at: made.at, entries: [] }, attached.get(made), app)]
        : [];
    return [...groups, ...balancingOf(made, app), ...operationsOf(made, app)];
  });
}
