// Schedules of EventBridge that set a service's number of tasks through `UpdateService`, in CloudFormation's words.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html

import type { ScheduledCount } from '../../facts/operations.ts';
import { isAddress } from '../../facts/reference.ts';
import { dynamic, known, placeWithin, type Value } from '../../facts/value.ts';
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
  const request = describeObject(root, { uri: input.at.uri });
  return {
    service: serviceIn(input, readString(request, keyOf(request, 'Service'))),
    count: placed(readNumber(request, keyOf(request, 'DesiredCount')), input, text),
  };
}

/** The resource that gives the text the service's name, else the name. */
function serviceIn(input: Value<string>, service: Value<string>): Value<string> {
  const { start, end } = service.at.span;
  const pieces = input.state === 'known' || input.state === 'dynamic' ? (input.pieces ?? []) : [];
  const resource = pieces.find((piece) => piece.start === start && piece.end === end)?.value;
  const text = input.state === 'known' ? input.value : input.state === 'dynamic' ? input.text : '';
  return resource && isAddress(resource.value) ? resource : placed(service, input, text);
}

function keyOf(request: DescribedObject, key: string): string {
  return request.entries.find((entry) => entry.key.toLowerCase() === key.toLowerCase())?.key ?? key;
}

/** The place in the file of a value that was read from a text in it. */
function placed<T>(value: Value<T>, input: Value<string>, text: string): Value<T> {
  if (input.state !== 'known' && input.state !== 'dynamic') return { ...value, at: input.at };
  const whole = { ...known(text, input.at), ...(input.pieces ? { pieces: input.pieces } : {}) };
  return { ...value, at: placeWithin(whole, value.at.span.start, value.at.span.end) };
}
