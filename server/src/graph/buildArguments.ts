// A Dockerfile as a build with arguments of its own sees it: `--build-arg` and compose's `args` beat the defaults of ARG.
// https://docs.docker.com/reference/dockerfile/#arg

import { type Location, sameLocation } from '../base/text.ts';
import type { Dockerfile } from '../facts/dockerfile.ts';
import type { EnvironmentVariable } from '../facts/taskDefinition.ts';
import { dynamic, known, knownValue, type Step, type Value } from '../facts/value.ts';
import { mapValues, type ScalarValue } from './mapValues.ts';

/** An argument that the build sets, and where the Dockerfile declares it. */
interface Override {
  readonly name: string;
  readonly value: Value<string>;
  readonly step: Step;
  readonly declared: readonly Location[];
}

export function withArguments(dockerfile: Dockerfile, given: readonly EnvironmentVariable[]): Dockerfile {
  const overrides = given.flatMap((one) => overrideOf(dockerfile, one));
  if (overrides.length === 0) return dockerfile;
  return overrides.reduce((file, override) => mapValues(file, (value) => replaced(value, override)), dockerfile);
}

function overrideOf(dockerfile: Dockerfile, given: EnvironmentVariable): readonly Override[] {
  const name = knownValue(given.name);
  const declared = dockerfile.stages.flatMap(({ instructions }) =>
    instructions.flatMap((one) => (one.kind === 'arg' && one.name === name ? [one.value.at] : [])),
  );
  if (name === undefined || declared.length === 0) return [];
  const text = `build argument ${name}=${knownValue(given.value) ?? '…'}`;
  return [{ name, value: given.value, step: { at: given.at, text }, declared }];
}

function replaced(value: ScalarValue, override: Override): ScalarValue {
  const isDeclared = (at: Location): boolean => override.declared.some((place) => sameLocation(place, at));
  if (value.state === 'dynamic') {
    if (isDeclared(value.at)) return whole(value, override);
    return inText(value, new RegExp(`\\$(?:\\{${override.name}\\}|${override.name}\\b)`, 'g'), override);
  }
  if (value.state !== 'known') return value;
  if (isDeclared(value.at)) return whole(value, override);
  if (!value.trail?.some((step) => isDeclared(step.at))) return value;
  const part = value.trail.find((step) => step.text.startsWith(`${override.name}=`));
  if (!part) return whole(value, override);
  const before = part.text.slice(override.name.length + 1);
  const text = knownValue(override.value);
  const pieces = String(value.value).split(before);
  if (text === undefined || before === '' || pieces.length !== 2) return undecided(value, override);
  return { ...value, value: pieces.join(text), trail: [...value.trail, override.step] };
}

/** A value that is the argument and nothing else. */
function whole(value: ScalarValue, override: Override): ScalarValue {
  const text = knownValue(override.value);
  if (text === undefined) return undecided(value, override);
  const isNumber = value.state === 'known' && typeof value.value === 'number';
  if (isNumber && !/^\d+$/.test(text)) return undecided(value, override);
  const trail = value.state === 'known' ? (value.trail ?? []) : [];
  return known(isNumber ? Number(text) : text, override.value.at, [...trail, override.step]);
}

/** A text that the argument's variable is still to be put into. */
function inText(value: ScalarValue, variable: RegExp, override: Override): ScalarValue {
  const text = knownValue(override.value);
  if (value.state !== 'dynamic' || text === undefined || !value.text.includes(override.name)) return value;
  const result = value.text.replace(variable, () => text);
  if (result === value.text) return value;
  return result.includes('$') ? { ...value, text: result } : known(result, value.at, [override.step]);
}

function undecided(value: ScalarValue, { name }: Override): ScalarValue {
  const text = value.state === 'known' ? String(value.value) : value.state === 'dynamic' ? value.text : name;
  return dynamic(text, value.at, `the build sets ${name} to something that is not in view`);
}
