// Pipelines with the reusable workflows and composite actions that they call: the steps of the called file are steps of
// the caller, with the caller's inputs in them.

import { joinUri, type Uri } from '../base/uri.ts';
import { factOf } from '../facts/fileFacts.ts';
import type { Pipeline, PipelineCall } from '../facts/pipeline.ts';
import type { EnvironmentVariable } from '../facts/taskDefinition.ts';
import { dynamic, known, knownValue, mapValue, type Value } from '../facts/value.ts';
import { mapValues, type ScalarValue } from './mapValues.ts';
import type { View } from './view.ts';

/** Workflows may call each other four deep: https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows */
const MAXIMUM_DEPTH = 8;

/** The file that a call names. */
export function calledFile(root: Uri, { path }: PipelineCall, view: View): Uri | undefined {
  const named = joinUri(root, path);
  if (/\.ya?ml$/i.test(named)) return view.exists(named) ? named : undefined;
  return [`${named}/action.yml`, `${named}/action.yaml`].find((uri) => view.exists(uri));
}

/** A pipeline and all that it calls, as one. */
export function withCalls(root: Uri, pipeline: Pipeline, view: View, depth = 0): Pipeline {
  if (pipeline.calls.length === 0 || depth > MAXIMUM_DEPTH) return pipeline;
  const called = pipeline.calls.flatMap((call) => {
    const uri = calledFile(root, call, view);
    const fact = uri === undefined ? undefined : factOf(view.facts(uri), 'pipeline');
    return fact ? [withCalls(root, withInputs(fact, call.inputs), view, depth + 1)] : [];
  });
  return {
    ...pipeline,
    builds: [...pipeline.builds, ...called.flatMap((one) => one.builds)],
    renders: [...pipeline.renders, ...called.flatMap((one) => one.renders)],
    deploys: [...pipeline.deploys, ...called.flatMap((one) => one.deploys)],
    edits: [...pipeline.edits, ...called.flatMap((one) => one.edits)],
    registrations: [...pipeline.registrations, ...called.flatMap((one) => one.registrations)],
    waits: [...pipeline.waits, ...called.flatMap((one) => one.waits)],
    counts: [...pipeline.counts, ...called.flatMap((one) => one.counts)],
    otherImages: [...pipeline.otherImages, ...called.flatMap((one) => one.otherImages)],
  };
}

const INPUT = /\$\{\{\s{0,20}inputs\.([\w-]+)\s{0,20}(?:\|\|\s{0,20}'([^'{}]*)'\s{0,20})?\}\}/g;

/** The steps with their inputs filled in: what the call says, else the default. */
function withInputs(pipeline: Pipeline, given: readonly EnvironmentVariable[]): Pipeline {
  const inputs = new Map<string, Value<string>>();
  for (const one of [...pipeline.inputs, ...given]) inputs.set(knownValue(one.name)?.toLowerCase() ?? '', one.value);
  const all = mapValues(pipeline, (value) => filled(value, inputs));
  const deploys = all.deploys.map((deploy) => ({
    ...deploy,
    waitForServiceStability: asFlag(deploy.waitForServiceStability),
    forceNewDeployment: asFlag(deploy.forceNewDeployment),
  }));
  return { ...all, deploys };
}

/** A flag that an input has filled in is a text still. */
function asFlag(value: Value<boolean>): Value<boolean> {
  return mapValue(value, (flag) => String(flag) === 'true');
}

function filled(value: ScalarValue, inputs: ReadonlyMap<string, Value<string>>): ScalarValue {
  if (value.state !== 'dynamic' || !value.text.includes('inputs.')) return value;
  let at: Value<string>['at'] | undefined;
  const text = value.text.replace(INPUT, (match, name: string, otherwise?: string) => {
    const input = inputs.get(name.toLowerCase());
    const said = input?.state === 'dynamic' ? input.text : knownValue(input);
    if (input && said !== '') at = input.at;
    return (said === '' ? otherwise : said) ?? otherwise ?? match;
  });
  if (text === value.text) return value;
  if (/\$|\{\{/.test(text)) return dynamic(text, value.at, value.reason);
  return known(text, value.at, at ? [{ at, text }] : []);
}
