// A rule of EventBridge from its description in CloudFormation's words.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html

import type { EventRule } from '../../facts/operations.ts';
import { known, type Value } from '../../facts/value.ts';
import type { Described, DescribedObject } from './described.ts';
import { readWith, undecided } from './values.ts';

export function readEventRule(properties: DescribedObject): EventRule {
  return { kind: 'eventRule', at: properties.at, pattern: readPattern(properties) };
}

/** A pattern is JSON in a string, or the object itself. */
function readPattern(properties: DescribedObject): Value<string> {
  return readWith(properties, 'eventPattern', (part, entry) => {
    if (part.kind === 'scalar')
      return part.value.state === 'known' ? { ...part.value, value: String(part.value.value) } : undecided(part);
    const json = jsonOf(part);
    return json === undefined ? undecided(part) : known(JSON.stringify(json), entry.keyAt);
  });
}

/** A part as plain JSON; undefined where something in it cannot be resolved. */
function jsonOf(part: Described): unknown {
  switch (part.kind) {
    case 'scalar':
      return part.value.state === 'known' ? part.value.value : undefined;
    case 'list': {
      const items = part.items.map(jsonOf);
      return part.complete && items.every((item) => item !== undefined) ? items : undefined;
    }
    case 'object': {
      const entries = part.entries.map((entry) => [entry.key, jsonOf(entry.value)] as const);
      return entries.every(([, value]) => value !== undefined) ? Object.fromEntries(entries) : undefined;
    }
    default:
      return undefined;
  }
}
