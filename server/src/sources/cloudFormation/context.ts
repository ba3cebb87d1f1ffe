// What the functions of a template may look at: its own parts, and what the stacks around it pass and give back.

import type { Location, Span } from '../../base/text.ts';
import { locationOf } from '../../base/text.ts';
import type { Uri } from '../../base/uri.ts';
import { resourceAddress } from '../../facts/reference.ts';
import type { StackResource, StackTemplate } from '../../facts/stackTemplate.ts';
import { dynamic, type Step, type Value } from '../../facts/value.ts';
import type { Described, DescribedScalar } from '../described/described.ts';

export interface StackContext {
  readonly uri: Uri;
  readonly template: StackTemplate;
  readonly resources: ReadonlyMap<string, StackResource>;
  /** How far the places of facts lie behind those of what is evaluated. */
  readonly shift: number;
  /** The value that the stacks around it pass for a parameter; undefined where they pass none. */
  passed(parameter: string): Described | undefined;
  /** What a nested stack gives back; undefined where that is not in view. */
  output(logicalId: string, name: string): Described | undefined;
}

export function placeOf({ uri, shift }: StackContext, { start, end }: Span): Location {
  return locationOf(uri, start + shift, end + shift);
}

/** How what stands in the template, but in none of its resources, is evaluated. */
export function outsideOfResources(context: StackContext): StackContext {
  return { ...context, shift: 0 };
}

export function addressOf(context: StackContext, logicalId: string): string {
  return resourceAddress(context.uri, logicalId);
}

export function scalar(value: Value<string | number | boolean>): DescribedScalar {
  return { kind: 'scalar', value };
}

/** What stays open keeps a name in the text that it becomes part of: `${AWS::Region}`. */
export function open(name: string, at: Location, reason: string): DescribedScalar {
  return scalar(dynamic(`\${${name}}`, at, reason));
}

/** A part reached by one more step, wherever its values stand. */
export function reachedBy(part: Described, step: Step): Described {
  switch (part.kind) {
    case 'scalar': {
      const { value } = part;
      return value.state === 'known' ? scalar({ ...value, trail: [step, ...(value.trail ?? [])] }) : part;
    }
    case 'list':
      return { ...part, items: part.items.map((item) => reachedBy(item, step)) };
    case 'choice':
      return { ...part, branches: part.branches.map(({ when, value }) => ({ when, value: reachedBy(value, step) })) };
    default:
      return part;
  }
}
