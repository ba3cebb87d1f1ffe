// A CloudWatch alarm from its description in CloudFormation's words.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html

import type { Alarm } from '../../facts/operations.ts';
import type { Address } from '../../facts/reference.ts';
import { knownValue } from '../../facts/value.ts';
import type { DescribedObject } from './described.ts';
import { entryOf, named, readList, readNumber, readObjects, readString, stringValue } from './values.ts';

export function readAlarm(properties: DescribedObject, address: Address): Alarm {
  const owner = named(properties, 'alarmName');
  const dimensions = readObjects(owner, 'dimensions', (dimension) => {
    const name = knownValue(readString(dimension, 'name'));
    return name === undefined ? undefined : { name, value: readString(dimension, 'value') };
  });
  return {
    kind: 'alarm',
    at: owner.at,
    nameAt: owner.nameAt,
    address,
    alarmName: readString(owner, 'alarmName'),
    namespace: readString(owner, 'namespace'),
    metricName: readString(owner, 'metricName'),
    dimensions: entryOf(owner, 'metrics') ? { ...dimensions, complete: false } : dimensions,
    period: readNumber(owner, 'period'),
    evaluationPeriods: readNumber(owner, 'evaluationPeriods'),
    datapointsToAlarm: readNumber(owner, 'datapointsToAlarm'),
    alarmActions: readList(owner, 'alarmActions', stringValue),
  };
}
