// The environment of a container and of the processes in it: what the pipeline, the task definition and the image set,
// and which variables may be set by something that is not in view.

import type { Location } from '../base/text.ts';
import { joinUri } from '../base/uri.ts';
import { factOf } from '../facts/fileFacts.ts';
import type { Container, EnvironmentVariable } from '../facts/taskDefinition.ts';
import type { Step, Value } from '../facts/value.ts';
import { dynamic, isKnown } from '../facts/value.ts';
import type { LaunchInput } from './index.ts';
import type { Environment } from './launcher.ts';
import { shortened } from './text.ts';

type Entries = ReadonlyMap<string, Value<string>>;

/** `open` answers for every name that no entry holds; undefined where the entries are everything. */
export function createEnvironment(entries: Entries, open: Value<string> | undefined): Environment {
  return {
    get: (name) => entries.get(name) ?? open ?? runtimeVariable(name),
    named: (name) => entries.has(name),
    with: (added) => {
      if (added.length === 0) return createEnvironment(entries, open);
      const merged = new Map(entries);
      for (const entry of added) merged.set(entry.name, entry.value);
      return createEnvironment(merged, open);
    },
    without: (names) => {
      const kept = new Map([...entries].filter(([name]) => !names.includes(name)));
      return createEnvironment(kept, open);
    },
    cleared: () => createEnvironment(new Map(), undefined),
    opened: (by) => createEnvironment(new Map(), by),
  };
}

const nowhere: Location = { uri: '', span: { start: 0, end: 0 } };

/** Set by the container runtime or by ECS: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate.html */
function runtimeVariable(name: string): Value<string> | undefined {
  if (!/^(?:HOSTNAME|HOME|PATH|PWD|TERM|AWS_[A-Z_]+|ECS_[A-Z0-9_]+)$/.test(name)) return undefined;
  return dynamic(name, nowhere, `${name} is set by the container's runtime`);
}

/** Pipeline > task `environment` > `secrets` > `environmentFiles` > image ENV; `below` answers for what none of them sets. */
export function containerEnvironment(
  input: LaunchInput,
  image: Entries,
  below: Value<string> | undefined,
): Environment {
  const { container } = input;
  const entries = new Map<string, Value<string>>(image);
  const files = readEnvironmentFiles(input);
  if (files.open !== undefined) entries.clear();
  for (const [name, value] of files.entries) entries.set(name, value);
  setSecrets(entries, container);
  setVariables(entries, container.environment.items, 'environment');
  setVariables(entries, input.injected, 'the pipeline sets');
  return createEnvironment(entries, files.open ?? incompleteLists(input) ?? below);
}

function incompleteLists({ container }: LaunchInput): Value<string> | undefined {
  if (!container.environment.complete) {
    return dynamic('', container.environment.at, 'the task definition may set more variables than can be seen');
  }
  if (!container.secrets.complete) {
    return dynamic('', container.secrets.at, 'the task definition may set more secrets than can be seen');
  }
  const unnamed = container.environment.items.find((item) => item.name.state !== 'known');
  return unnamed && dynamic('', unnamed.name.at, 'the task definition sets a variable whose name cannot be read');
}

function setSecrets(entries: Map<string, Value<string>>, container: Container): void {
  for (const secret of container.secrets.items) {
    if (secret.name.state !== 'known') continue;
    const name = secret.name.value;
    entries.set(name, dynamic(name, secret.at, `${name} is a secret of the task definition`));
  }
}

function setVariables(
  entries: Map<string, Value<string>>,
  variables: readonly EnvironmentVariable[],
  label: string,
): void {
  for (const variable of variables) {
    if (variable.name.state !== 'known') continue;
    const name = variable.name.value;
    entries.set(name, explained(name, variable.value, variable.at, label));
  }
}

/** A variable's value with the step that says who set it. An absent value is an empty one. */
export function explained(name: string, value: Value<string>, at: Location, label: string): Value<string> {
  if (value.state === 'known') {
    const step: Step = { at: value.at, text: shortened(`${label} ${name}=${value.value}`) };
    return { ...value, trail: [step] };
  }
  if (value.state === 'absent') return dynamic(name, at, `${name} has no value in view`);
  return value.state === 'dynamic' && value.reason === undefined
    ? { ...value, reason: `${name} is filled in elsewhere` }
    : value;
}

interface EnvironmentFiles {
  readonly entries: Entries;
  readonly open: Value<string> | undefined;
}

/** `environmentFiles` lie in S3; one that the workspace holds under the same name is read. */
function readEnvironmentFiles(input: LaunchInput): EnvironmentFiles {
  const list = input.container.environmentFiles;
  const entries = new Map<string, Value<string>>();
  let open: Value<string> | undefined;
  if (!list.complete) open = dynamic('', list.at, 'environment files that cannot be seen may set it');
  // The first file that sets a name wins: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
  for (const item of list.items) {
    const facts = isKnown(item) ? committedFile(input, item.value) : undefined;
    if (facts === undefined) {
      open ??= dynamic('', item.at, 'an environment file in S3 may set it');
      continue;
    }
    for (const entry of facts.entries) {
      if (entries.has(entry.name)) continue;
      entries.set(entry.name, explained(entry.name, entry.value, entry.value.at, 'environment file'));
    }
  }
  return { entries, open };
}

/** A bare `.env` is a developer's file more often than a copy of what lies in S3, so it does not count. */
function committedFile(input: LaunchInput, reference: string) {
  // An address of the workspace: Copilot uploads that very file.
  if (input.files.exists(reference)) return factOf(input.files.facts(reference), 'environmentFile');
  const path = /^arn:[^:]+:s3:::[^/]+\/(.+)$/.exec(reference)?.[1];
  const name = path?.slice(path.lastIndexOf('/') + 1);
  if (path === undefined || name === undefined || name === '.env' || input.build === undefined) return undefined;
  for (const candidate of [path, name]) {
    const uri = joinUri(input.build.context, candidate);
    if (input.files.exists(uri)) return factOf(input.files.facts(uri), 'environmentFile');
  }
  return undefined;
}
