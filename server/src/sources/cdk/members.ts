// Properties of values: of objects, modules, classes and what the library makes.

import type { Location } from '../../base/text.ts';
import { dirname } from '../../base/uri.ts';
import { camelCase, exportOf, joinLibrary } from './modules.ts';
import type { Run } from './scope.ts';
import {
  type CdkValue,
  type ClassValue,
  entryOf,
  type InstanceValue,
  type Made,
  nothing,
  type ObjectValue,
  open,
  plain,
} from './values.ts';

export function memberOf(run: Run, object: CdkValue, key: string, at: Location): CdkValue {
  switch (object.kind) {
    case 'object':
      return ofObject(object, key, at);
    case 'list':
      return ofList(object, key, at);
    case 'library':
      return { kind: 'library', path: joinLibrary(object.path, key), at };
    case 'module':
      return exportOf(run, object.module, key, at) ?? open(key, at, 'the file does not export it in view');
    case 'instance':
      return ofInstance(run, object, key, at);
    case 'class':
      return ofClass(run, object, key, at);
    case 'made':
      return object.writes.get(camelCase(key)) ?? partOf(run, object, camelCase(key), at);
    case 'choice':
      return {
        ...object,
        branches: object.branches.map((one) => ({ ...one, value: memberOf(run, one.value, key, at) })),
      };
    case 'scalar': {
      const { value } = object;
      if (value.state === 'absent') return nothing(at);
      if (value.state === 'dynamic') return open(`${value.text}.${key}`, at, value.reason ?? 'it is not known');
      // `Path(__file__).parent`
      if (value.state === 'known' && key === 'parent') return plain(dirname(String(value.value)), at);
      if (value.state === 'known' && key === 'length') return plain(String(value.value).length, at);
      return open(key, at, 'the program computes it');
    }
    default:
      return open(key, at, 'the program computes it');
  }
}

function ofObject(object: ObjectValue, key: string, at: Location): CdkValue {
  const entry = entryOf(object, key);
  if (entry) return entry.value;
  return object.unsaid === undefined ? nothing(at) : open(key, at, object.unsaid);
}

function ofList(list: Extract<CdkValue, { kind: 'list' }>, key: string, at: Location): CdkValue {
  if (key === 'length' && list.complete) return plain(list.items.length, at);
  const item = /^\d{1,6}$/.test(key) ? list.items[Number(key)] : undefined;
  if (item) return item;
  return list.complete && /^\d+$/.test(key) ? nothing(at) : open(key, at, 'the program computes it');
}

function ofInstance(run: Run, instance: InstanceValue, key: string, at: Location): CdkValue {
  const field = instance.fields.get(key);
  if (field) return field;
  const found = methodOf(run, instance.class, key);
  if (found) {
    const { code, frame, home } = found;
    const method: CdkValue = { kind: 'function', code, frame, owner: instance, home };
    return code.isGetter ? run.call(method, [], at, at) : method;
  }
  if (instance.made) return memberOf(run, instance.made, key, at);
  return key === 'node' ? open(key, at, 'it is known only at the synthesis') : nothing(at);
}

/** A method of a class or of the classes that it extends. */
export function methodOf(run: Run, start: ClassValue, key: string) {
  let home: ClassValue | undefined = start;
  for (let depth = 0; home && depth < 12; depth++) {
    const code = home.code.methods.get(key);
    if (code) return { code, frame: home.frame, home };
    home = baseOf(run, home);
  }
  return undefined;
}

/** The class of the program that a class extends. */
export function baseOf(run: Run, { code, frame }: ClassValue): ClassValue | undefined {
  const base = code.base && run.evaluate(code.base, frame);
  return base?.kind === 'class' ? base : undefined;
}

function ofClass(run: Run, { code, frame, fields }: ClassValue, key: string, at: Location): CdkValue {
  const written = fields.get(key);
  if (written) return written;
  const field = code.fields.findLast((one) => one.name === key && one.isStatic)?.value;
  if (field) return run.evaluate(field, frame);
  const method = code.methods.get(key);
  if (method) return { kind: 'function', code: method, frame };
  return open(key, at, 'the program computes it');
}

/** A property of what the library made: `service.targetGroup`, always the same one. */
export function partOf(run: Run, receiver: Made, key: string, at: Location): Made {
  const before = receiver.members.get(key);
  if (before) return before;
  const part: Made = {
    kind: 'made',
    callee: key,
    receiver,
    isMember: true,
    values: [],
    at,
    nameAt: receiver.nameAt,
    path: `${receiver.path}.${key}`,
    conditional: false,
    escaped: false,
    calls: [],
    members: new Map(),
    writes: new Map(),
  };
  receiver.members.set(key, part);
  run.made.push(part);
  return part;
}
