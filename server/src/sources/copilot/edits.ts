// Edit intents in Copilot's spelling. What its manifest has no words for, and what stands in no place of its own, is left to
// a person.

import type { Json } from '../../base/json.ts';
import type { SourceFile, Span, TextEdit } from '../../base/text.ts';
import type { EditIntent } from '../../facts/edit.ts';
import { childOf, entryOf, type ObjectNode, scalarText, type TreeNode } from '../../syntax/tree.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import { nodesAround } from '../treePlaces.ts';
import { editYamlAll } from '../yamlEdits.ts';

export function editManifest(file: SourceFile, intents: readonly EditIntent[]): readonly TextEdit[] {
  const { root } = parseYaml(file.text);
  if (root?.kind !== 'object') return [];
  const spelled = intents.map((intent) => inManifest(file, root, intent));
  const all = spelled.flatMap((intent) => intent ?? []);
  return spelled.every((intent) => intent !== undefined) ? editYamlAll(file, withoutTwins(all)) : [];
}

/** One token may decide several values: `rolling` both percents, `image.port` the mapping and the load balancer. */
function withoutTwins(intents: readonly EditIntent[]): readonly EditIntent[] {
  return [...new Map(intents.map((intent) => [JSON.stringify(intent), intent])).values()];
}

function inManifest(file: SourceFile, root: ObjectNode, intent: EditIntent): EditIntent | undefined {
  switch (intent.kind) {
    case 'replace':
      return replaced(file, root, intent);
    case 'set':
      return set(root, intent);
    case 'remove':
      return intent;
    case 'insertResource':
      return undefined;
  }
}

// Replace

type Replace = Extract<EditIntent, { kind: 'replace' }>;

/** Where Copilot writes another word for the API's value: `30s`, `recreate`. */
function replaced(file: SourceFile, root: ObjectNode, intent: Replace): EditIntent | undefined {
  const { start, end } = intent.at.span;
  const text = file.text.slice(start, end);
  // What is not written is the port of the traffic.
  if (intent.value === 'traffic-port') return { kind: 'remove', at: intent.at };
  if (/^\d[\dhms.]*[hms]$/.test(text)) return { ...intent, value: `${intent.value}s` };
  if (!isRolling(root, intent.at.span)) return intent;
  const percent = Number(intent.value);
  if (percent === 0) return { ...intent, value: 'recreate' };
  return percent === 100 || percent === 200 ? { ...intent, value: 'default' } : undefined;
}

function isRolling(root: ObjectNode, at: Span): boolean {
  const around = nodesAround(root, at);
  const parent = around.at(-2);
  const rolling = parent?.kind === 'object' ? entryOf(parent, 'rolling')?.value : undefined;
  return rolling !== undefined && rolling === around.at(-1);
}

// Set

type SetIntent = Extract<EditIntent, { kind: 'set' }>;

/** Copilot's rolling updates keep all tasks or none: https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/#deployment */
function set(root: ObjectNode, intent: SetIntent): EditIntent | undefined {
  const { owner, path, value, names } = intent;
  // A manifest names what stands elsewhere by its name alone.
  if (names?.resources.some(({ isStandIn }) => isStandIn)) return undefined;
  const name = path.join('.');
  const place = nodesAround(root, owner.span).find(
    ({ span }) => span.start === owner.span.start && span.end === owner.span.end,
  );
  if (!place) return undefined;
  if (name === 'healthCheck' && place !== root) return { ...intent, path: ['healthcheck'], value: checkOf(value) };
  if (name === 'healthCheckIntervalSeconds' && place.kind === 'object' && place !== root) {
    return checkInterval(place, intent);
  }
  if (name === 'deregistrationDelay' && place !== root) {
    return { ...intent, path: ['deregistration_delay'], value: `${value}s` };
  }
  if (place !== root) return undefined;
  if (name === 'desiredCount') return { ...intent, path: ['count'] };
  if (name === 'healthCheckGracePeriodSeconds') return gracePeriod(root, intent);
  if (name === 'deploymentConfiguration.alarms') return alarms(intent);
  return undefined;
}

/** A container health check in Copilot's words; also of a service whose `healthcheck` is only a path. */
function checkOf(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const spelled = Object.entries(value).map(([key, one]): [string, Json] => {
    if (key === 'startPeriod') return ['start_period', `${one}s`];
    return [key, key === 'interval' || key === 'timeout' ? `${one}s` : one];
  });
  return Object.fromEntries(spelled);
}

function gracePeriod(root: ObjectNode, intent: SetIntent): EditIntent | undefined {
  const http = childOf(root, 'http');
  const key = http?.kind === 'object' ? 'http' : 'nlb';
  const balancer = childOf(root, key);
  if (balancer?.kind !== 'object') return undefined;
  const period = `${intent.value}s`;
  const check = childOf(balancer, 'healthcheck');
  if (check && check.kind !== 'object') {
    return { ...intent, path: [key, 'healthcheck'], value: widened(check, { grace_period: period }) };
  }
  return { ...intent, path: [key, 'healthcheck', 'grace_period'], value: period };
}

function checkInterval(route: ObjectNode, intent: SetIntent): EditIntent {
  const check = childOf(route, 'healthcheck');
  const interval = `${intent.value}s`;
  if (check && check.kind !== 'object')
    return { ...intent, path: ['healthcheck'], value: widened(check, { interval }) };
  return { ...intent, path: ['healthcheck', 'interval'], value: interval };
}

/** `healthcheck: /health` becomes an object that keeps the path. */
function widened(check: TreeNode, settings: { readonly [key: string]: Json }): Json {
  const path = scalarText(check);
  return { ...(path ? { path } : {}), ...settings };
}

function alarms(intent: SetIntent): EditIntent | undefined {
  const { value } = intent;
  const names = typeof value === 'object' && value !== null && 'alarmNames' in value ? value.alarmNames : undefined;
  return names === undefined ? undefined : { ...intent, path: ['deployment', 'rollback_alarms'], value: names };
}
