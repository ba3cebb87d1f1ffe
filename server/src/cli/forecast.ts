// `steadystate forecast`: whether ECS would notice a broken revision of each service, after how long, and what comes back.

import {
  type ForecastOverrides,
  failureModes,
  forecastJson,
  forecastText,
  serviceForecasts,
  type Threshold,
} from '../report/forecastReport.ts';
import { takeSnapshot } from '../report/snapshot.ts';
import { analyze, targetOf, targetOptions } from './analyze.ts';
import { type Arguments, type Command, CommandError, type Option, oneOf } from './command.ts';

const formats = ['text', 'json'] as const;
const switches = ['on', 'off'] as const;

/** Flags that are numbers: the input they override, and what it is. */
const numbers: Readonly<Record<string, { readonly input: keyof ForecastOverrides; readonly description: string }>> = {
  'desired-count': { input: 'desiredCount', description: 'Tasks the service runs.' },
  'minimum-healthy-percent': { input: 'minimumHealthyPercent', description: 'Least share of healthy tasks.' },
  'maximum-percent': { input: 'maximumPercent', description: 'Most tasks at once, in percent.' },
  interval: { input: 'interval', description: "Seconds between the target group's health checks." },
  'unhealthy-threshold': { input: 'unhealthyThreshold', description: 'Failed checks until a target is unhealthy.' },
  'deregistration-delay': { input: 'deregistrationDelay', description: 'Seconds that a target drains.' },
  'container-interval': { input: 'containerInterval', description: 'Seconds between container health checks.' },
  retries: { input: 'retries', description: 'Failed container health checks until a container is unhealthy.' },
  'start-period': { input: 'startPeriod', description: 'Seconds in which container health checks do not count.' },
  'grace-period': { input: 'gracePeriod', description: 'healthCheckGracePeriodSeconds of the service.' },
  'stop-timeout': { input: 'stopTimeout', description: 'Most seconds a task takes to stop.' },
  'alarm-seconds': {
    input: 'alarmSeconds',
    description: 'Try it with an alarm on unhealthy targets that must breach for N seconds; 0 for none.',
  },
};

const options: readonly Option[] = [
  { name: 'format', value: 'FORMAT', description: `One of ${formats.join(', ')}. Default: text.` },
  { name: 'failure', value: 'MODE', description: `How the revision is broken: ${failureModes.join(', ')}.` },
  { name: 'circuit-breaker', value: 'on|off', description: 'Try it with or without the circuit breaker.' },
  { name: 'rollback', value: 'on|off', description: 'Try it with or without rollback.' },
  {
    name: 'threshold',
    value: 'TYPE:VALUE',
    description: 'Failures that trip the circuit breaker: COUNT:2, BOUNDED_PERCENT:50 or UNBOUNDED_PERCENT:20.',
  },
  {
    name: 'digest-pinning',
    value: 'on|off',
    description: 'Whether ECS resolves the tag to a digest when the deployment starts.',
  },
  { name: 'first', description: 'Forecast the first deployment ever.' },
  ...Object.entries(numbers).map(([name, { description }]) => ({ name, value: 'N', description })),
];

export const forecast: Command = {
  name: 'forecast',
  usage: '[path]',
  summary: 'Says whether ECS would notice a broken deployment, after how long, and what it returns to.',
  options: [...targetOptions, ...options],
  async run(args, terminal) {
    const format = oneOf('format', args.value('format') ?? 'text', formats);
    const mode = oneOf('failure', args.value('failure') ?? 'listens-on-another-port', failureModes);
    const overrides = overridesOf(args);
    const target = targetOf(args, terminal);
    const { workspace, folder, renamed } = await analyze(target.folder, args, terminal);
    const snapshot = takeSnapshot(workspace.analysis, {
      folders: [folder],
      renamed,
      ...(target.only && { only: target.only }),
    });
    const forecasts = serviceForecasts(snapshot, { overrides, mode });
    terminal.out(format === 'json' ? forecastJson(forecasts) : forecastText(forecasts, terminal.style));
    return 0;
  },
};

function overridesOf(args: Arguments): ForecastOverrides {
  const given: Record<string, unknown> = {};
  for (const [name, { input }] of Object.entries(numbers)) {
    const value = args.value(name);
    if (value !== undefined) given[input] = wholeNumber(name, value);
  }
  const breaker = args.value('circuit-breaker');
  const rollback = args.value('rollback');
  const pinning = args.value('digest-pinning');
  const threshold = args.value('threshold');
  return {
    ...given,
    ...(breaker !== undefined && { enable: oneOf('circuit-breaker', breaker, switches) === 'on' }),
    ...(rollback !== undefined && { rollback: oneOf('rollback', rollback, switches) === 'on' }),
    ...(pinning !== undefined && { pinsDigest: oneOf('digest-pinning', pinning, switches) === 'on' }),
    ...(threshold !== undefined && { threshold: thresholdOf(threshold) }),
    ...(args.has('first') && { isFirst: true }),
  };
}

function wholeNumber(flag: string, value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new CommandError(`'--${flag}' is a whole number, not '${value}'.`);
}

function thresholdOf(text: string): Threshold {
  const [, type, digits] = /^(COUNT|BOUNDED_PERCENT|UNBOUNDED_PERCENT):(\d{1,9})$/.exec(text) ?? [];
  const value = Number(digits);
  if ((type === 'COUNT' || type === 'BOUNDED_PERCENT' || type === 'UNBOUNDED_PERCENT') && value > 0) {
    return { type, value };
  }
  throw new CommandError(`'--threshold' is like COUNT:2 or BOUNDED_PERCENT:50, not '${text}'.`);
}
