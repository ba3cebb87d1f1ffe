// Schedules of EventBridge that set a service's number of tasks through `UpdateService`, in CloudFormation's words.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html

import type { Location } from '../../base/text.ts';
import type { ScheduledCount } from '../../facts/operations.ts';
import { dynamic, type Known, known, placeWithin, type Value } from '../../facts/value.ts';
import { parseJson } from '../../syntax/json.ts';
import type { DescribedObject } from './described.ts';
import { describeObject } from './tree.ts';
import { childObject, named, readNumber, readString } from './values.ts';

/** The universal target: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html */
const UPDATE_SERVICE = /:aws-sdk:ecs:updateService$/i;

export function readSchedule(properties: DescribedObject): readonly ScheduledCount[] {
  const owner = named(properties, 'name');
  const target = childObject(owner, 'target');
  const arn = target && readString(target, 'arn');
  if (!target || arn?.state === 'absent') return [];
  const action = arn?.state === 'known' ? arn.value : arn?.state === 'dynamic' ? arn.text : '';
  if (!UPDATE_SERVICE.test(action)) return [];
  const input = inputOf(readString(target, 'input'));
  return [
    {
      kind: 'scheduledCount',
      at: owner.at,
      nameAt: owner.nameAt,
      target: input.service,
      schedule: readString(owner, 'scheduleExpression'),
      count: input.count,
    },
  ];
}

interface Input {
  readonly service: Value<string>;
  readonly count: Value<number>;
}

/** The request as JSON in a string, its keys with capital first letters: `{"Service": "web", "DesiredCount": 0}`. */
function inputOf(input: Value<string>): Input {
  if (input.state === 'absent') return { service: input, count: input };
  const text = input.state === 'known' ? input.value : input.state === 'dynamic' ? input.text : '';
  const { root } = parseJson(text);
  if (root?.kind !== 'object') {
    const unreadable = dynamic(text, input.at, 'the input of the schedule cannot be read');
    return { service: unreadable, count: unreadable };
  }
  const whole = known(text, input.at);
  const request = describeObject(root, { uri: input.at.uri });
  const [service, count] = ['Service', 'DesiredCount'].map((key) => keyOf(request, key));
  return {
    service: placed(readString(request, service ?? 'Service'), whole),
    count: placed(readNumber(request, count ?? 'DesiredCount'), whole),
  };
}

function keyOf(request: DescribedObject, key: string): string | undefined {
  return request.entries.find((entry) => entry.key.toLowerCase() === key.toLowerCase())?.key;
}

/** The place in the file of a value that was read from a text in it. */
function placed<T>(value: Value<T>, text: Known<string>): Value<T> {
  const at: Location = placeWithin(text, value.at.span.start, value.at.span.end);
  return { ...value, at };
}
