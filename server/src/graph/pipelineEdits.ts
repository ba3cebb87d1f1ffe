// A task definition as it is deployed: with what the pipelines in view write into its text before they register it. What
// render steps write into a container comes later, in `join.ts`.

import type { PipelineEdit } from '../facts/pipeline.ts';
import type { Container, TaskDefinition } from '../facts/taskDefinition.ts';
import { dynamic, known, knownValue, type Step, type Value } from '../facts/value.ts';
import { mapValues, type ScalarValue } from './mapValues.ts';
import { namesFile, pipelines } from './pipelines.ts';
import type { View } from './view.ts';

export function asDeployed(taskDefinition: TaskDefinition, view: View): TaskDefinition {
  const file = taskDefinition.at.uri;
  const edits = pipelines(view.folderOf(file), view).flatMap((placed) =>
    placed.pipeline.edits.filter((edit) => namesFile(placed, edit.taskDefinition, file, view)),
  );
  return merged(edits).reduce(edited, taskDefinition);
}

/** Edits of the same thing as one; where pipelines write different values, which of them counts stays open. */
function merged(edits: readonly PipelineEdit[]): readonly PipelineEdit[] {
  const groups = new Map<string, PipelineEdit>();
  for (const edit of edits) {
    const key = JSON.stringify(edit.replaces);
    const before = groups.get(key);
    const differs = before && knownValue(before.by) !== knownValue(edit.by);
    if (!before) groups.set(key, edit);
    else if (differs) groups.set(key, { ...before, by: dynamic('', edit.by.at, 'pipelines write different values') });
  }
  return [...groups.values()];
}

function edited(taskDefinition: TaskDefinition, edit: PipelineEdit): TaskDefinition {
  const { replaces } = edit;
  if ('text' in replaces)
    return mapValues(taskDefinition, (value, key) => textReplaced(value, key, replaces.text, edit));
  if ('variable' in replaces) {
    return withContainers(taskDefinition, (container) => variableReplaced(container, replaces.variable, edit));
  }
  if (replaces.key !== 'environment') {
    return mapValues(taskDefinition, (value, key) => (key === replaces.key ? replaced(value, key, edit) : value));
  }
  return withContainers(taskDefinition, (container) => ({
    ...container,
    environment: { ...container.environment, complete: false },
  }));
}

function withContainers(taskDefinition: TaskDefinition, change: (container: Container) => Container): TaskDefinition {
  const { containerDefinitions } = taskDefinition;
  return {
    ...taskDefinition,
    containerDefinitions: { ...containerDefinitions, items: containerDefinitions.items.map(change) },
  };
}

function variableReplaced(container: Container, name: string, edit: PipelineEdit): Container {
  const items = container.environment.items.map((variable) =>
    knownValue(variable.name) === name ? { ...variable, value: replacedText(variable.value, edit) } : variable,
  );
  return { ...container, environment: { ...container.environment, items } };
}

function replacedText(value: Value<string>, edit: PipelineEdit): Value<string> {
  const text = knownValue(edit.by);
  return text === undefined ? opened(value, edit) : known(text, value.at, [stepOf(edit, text)]);
}

/** A value that a command overwrites as a whole. An image stays open: what the file says is not what runs. */
function replaced(value: ScalarValue, key: string, edit: PipelineEdit): ScalarValue {
  const text = knownValue(edit.by);
  if (text === undefined || key === 'image') return opened(value, edit);
  return typed(text, key, value, [stepOf(edit, text)]);
}

const TEMPLATE = /\$\{|\$\w|\{\{|<[^<>/]{1,80}>|%[A-Za-z_]\w{0,80}%|__[A-Z][A-Z0-9_]{0,60}__/;

function textReplaced(value: ScalarValue, key: string, find: string, edit: PipelineEdit): ScalarValue {
  const text = value.state === 'known' ? String(value.value) : value.state === 'dynamic' ? value.text : '';
  if (find === '' || !text.includes(find) || !standsAlone(text, find)) return value;
  const by = knownValue(edit.by);
  if (by === undefined) return opened(value, edit);
  const result = text.split(find).join(by);
  const isOpen = key === 'image' || (value.state === 'dynamic' && TEMPLATE.test(result));
  return isOpen ? dynamic(result, value.at, reasonOf(edit)) : typed(result, key, value, [stepOf(edit, by)]);
}

/** `$PORT` is not found in `$PORT_NAME`. */
function standsAlone(text: string, find: string): boolean {
  return !/^\$\w+$/.test(find) || !/\w/.test(text[text.indexOf(find) + find.length] ?? '');
}

const numbers = new Set(['containerPort', 'hostPort', 'interval', 'timeout', 'retries', 'startPeriod']);

function typed(text: string, key: string, value: ScalarValue, trail: readonly Step[]): ScalarValue {
  if (!numbers.has(key)) return known(text, value.at, trail);
  return /^\d{1,9}$/.test(text) ? known(Number(text), value.at, trail) : dynamic(text, value.at, 'it is not a number');
}

function opened(value: ScalarValue, edit: PipelineEdit): Value<never> {
  const by = edit.by.state === 'dynamic' ? edit.by.text : '';
  const before = value.state === 'known' ? String(value.value) : value.state === 'dynamic' ? value.text : '';
  return dynamic(by === '' ? before : by, value.at, reasonOf(edit));
}

function reasonOf(edit: PipelineEdit): string {
  return edit.by.state === 'dynamic' && edit.by.text === ''
    ? (edit.by.reason ?? '')
    : 'a pipeline writes it before it deploys';
}

function stepOf(edit: PipelineEdit, text: string): Step {
  const { replaces } = edit;
  const what = 'text' in replaces ? replaces.text : 'key' in replaces ? replaces.key : replaces.variable;
  return { at: edit.at, text: `the pipeline writes ${text} for ${what}` };
}
