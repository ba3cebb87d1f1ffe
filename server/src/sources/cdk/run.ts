// Runs a CDK program as far as it can be followed without the library: statement by statement, both ways where a condition
// is not decided. What it makes of the library is the result; nothing is ever executed.

import type { Location } from '../../base/text.ts';
import type { Uri } from '../../base/uri.ts';
import type { Expression } from '../../facts/expression.ts';
import type { UnitFiles } from '../../facts/files.ts';
import type { CodeClass, IfStatement, LoopStatement, Statement } from '../../languages/code.ts';
import { callValue } from './calls.ts';
import { choiceOf, evaluate, truthOf } from './evaluate.ts';
import { camelCase, moduleAt } from './modules.ts';
import { type Completion, declare, type Frame, isExhausted, type Run } from './scope.ts';
import { type CdkValue, type ClassValue, type Made, nothing, open, plainOf } from './values.ts';

const MAX_TURNS = 200;
const CONDITION = 'a condition of the program decides it';

/** Everything that the program makes, in order. */
export function runProgram(entry: Uri, folder: Uri, files: UnitFiles): readonly Made[] {
  const run: Run = {
    folder,
    files,
    made: [],
    paths: new Map(),
    modules: new Map(),
    depth: 0,
    calls: 0,
    steps: 0,
    evaluate: (expression, frame) => evaluate(run, expression, frame),
    execute: (statements, frame) => execute(run, statements, frame),
    call: (callee, given, at, nameAt) => callValue(run, callee, given, at, nameAt),
  };
  moduleAt(run, entry);
  return run.made;
}

function execute(run: Run, statements: readonly Statement[], frame: Frame): Completion | undefined {
  for (const statement of statements) if (statement.kind === 'function') defineFunction(run, statement, frame);
  for (const [index, statement] of statements.entries()) {
    const done = executeOne(run, statement, frame);
    if (!done) continue;
    if (done.kind === 'leave' || done.certain) return done;
    // A return that may or may not have happened: the rest gives the other branch.
    run.depth++;
    const rest = execute(run, statements.slice(index + 1), frame);
    run.depth--;
    const other = rest?.kind === 'return' ? rest.value : undefined;
    return { kind: 'return', value: other ? either(done.value, other, done.at) : done.value };
  }
  return undefined;
}

type Done =
  | { readonly kind: 'leave' }
  | { readonly kind: 'return'; readonly value: CdkValue; readonly certain: boolean; readonly at: Location };

function executeOne(run: Run, statement: Statement, frame: Frame): Done | undefined {
  switch (statement.kind) {
    case 'run':
      run.evaluate(statement.value, frame);
      return undefined;
    case 'bind':
      bind(run, statement.target, run.evaluate(statement.value, frame), statement.declares, frame);
      return undefined;
    case 'return': {
      const { at } = statement;
      const value = statement.value ? run.evaluate(statement.value, frame) : nothing(at);
      return { kind: 'return', value, certain: true, at };
    }
    case 'leave':
      return statement;
    case 'if':
      return executeIf(run, statement, frame);
    case 'loop':
      return executeLoop(run, statement, frame);
    case 'maybe':
      maybe(run, statement.body, frame);
      return undefined;
    case 'class':
      declare(run, frame, statement.name, classOf(statement, frame));
      return undefined;
    default:
      return undefined;
  }
}

function defineFunction(run: Run, statement: Extract<Statement, { kind: 'function' }>, frame: Frame): void {
  const { owner, home } = frame;
  const { code } = statement;
  declare(run, frame, statement.name, {
    kind: 'function',
    code,
    frame,
    ...(owner ? { owner } : {}),
    ...(home ? { home } : {}),
  });
}

function classOf(code: CodeClass, frame: Frame): ClassValue {
  return { kind: 'class', code, frame, fields: new Map() };
}

function executeIf(run: Run, { test, body, otherwise }: IfStatement, frame: Frame): Done | undefined {
  const truth = truthOf(run.evaluate(test, frame));
  if (truth !== undefined) return completed(execute(run, truth ? body : otherwise, blockOf(frame)), true, test.at);
  const yes = maybe(run, body, frame);
  const no = maybe(run, otherwise, frame);
  if (yes?.kind === 'return' && no?.kind === 'return') {
    return { kind: 'return', value: either(yes.value, no.value, test.at), certain: true, at: test.at };
  }
  const returned = yes?.kind === 'return' ? yes : no?.kind === 'return' ? no : undefined;
  return completed(returned, false, test.at);
}

function completed(completion: Completion | undefined, certain: boolean, at: Location): Done | undefined {
  if (completion?.kind !== 'return') return completion;
  return { ...completion, certain, at };
}

function either(first: CdkValue, second: CdkValue, at: Location): CdkValue {
  const branches = [
    { when: 'the condition holds', value: first },
    { when: 'it does not', value: second },
  ];
  return choiceOf(branches, at);
}

/** Runs what may or may not run. */
function maybe(run: Run, body: readonly Statement[], frame: Frame): Completion | undefined {
  run.depth++;
  const completion = execute(run, body, blockOf(frame));
  run.depth--;
  return completion;
}

/** Blocks of JavaScript have names of their own. */
function blockOf(frame: Frame): Frame {
  if (isPython(frame)) return frame;
  return { ...frame, outer: frame, names: new Map() };
}

function isPython(frame: Frame): boolean {
  let current = frame;
  while (current.outer) current = current.outer;
  return current.module?.program.language === 'python';
}

function executeLoop(run: Run, { item, over, body }: LoopStatement, frame: Frame): Done | undefined {
  const list = over && run.evaluate(over, frame);
  const items = list?.kind === 'list' ? list.items.slice(0, MAX_TURNS) : undefined;
  for (const value of items ?? []) {
    if (isExhausted(run)) return undefined;
    const inner = blockOf(frame);
    declare(run, inner, item, value);
    const completion = execute(run, body, inner);
    if (completion?.kind === 'return' && over) return completed(completion, true, over.at);
  }
  if (items && list?.kind === 'list' && list.complete) return undefined;
  run.depth++;
  const inner = blockOf(frame);
  if (over) declare(run, inner, item, open('…', over.at, 'what the loop goes over cannot be seen'));
  execute(run, body, inner);
  run.depth--;
  return undefined;
}

// Names

function bind(run: Run, target: Expression, value: CdkValue, declares: boolean, frame: Frame): void {
  if (target.kind === 'name') {
    bindName(run, target.name, target.at, value, declares, frame);
    return;
  }
  if (target.kind !== 'member') return;
  const owner = run.evaluate(target.object, frame);
  const key = plainOf(run.evaluate(target.property, frame));
  if (key === undefined) {
    if (owner.kind === 'list') owner.complete = false;
    return;
  }
  const name = String(key);
  const written = run.depth > 0 && value.kind === 'scalar' ? open(name, target.at, CONDITION) : value;
  if (owner.kind === 'instance') owner.fields.set(name, written);
  else if (owner.kind === 'class') owner.fields.set(name, written);
  else if (owner.kind === 'object') owner.entries.push({ key: name, keyAt: target.at, value: written });
  else if (owner.kind === 'made') owner.writes.set(camelCase(name), written);
}

function bindName(run: Run, name: string, at: Location, value: CdkValue, declares: boolean, frame: Frame): void {
  if (declares && !(isPython(frame) && frame.names.has(name))) {
    declare(run, frame, name, value);
    return;
  }
  let home: Frame | undefined = frame;
  while (home && !home.names.has(name)) home = home.outer;
  const before = home?.names.get(name);
  if (!home || !before) {
    declare(run, frame, name, value);
    return;
  }
  const isOpen = run.depth > before.depth;
  home.names.set(name, { value: isOpen ? open(name, at, CONDITION) : value, depth: before.depth });
}
