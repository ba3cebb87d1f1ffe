// Settles a template: its parameters as the stacks around it pass them, then the facts of its resources.

import { equalData } from '../../base/equal.ts';
import { basename, dirname, joinUri, type Uri } from '../../base/uri.ts';
import type { Fact } from '../../facts/fileFacts.ts';
import type { UnitFiles } from '../../facts/files.ts';
import type { NestedStack, StackExpression, StackResource, StackTemplate } from '../../facts/stackTemplate.ts';
import type { Described } from '../described/described.ts';
import { factsOf } from '../described/resources.ts';
import { stringValue } from '../described/values.ts';
import { addressOf, placeOf, type StackContext, scalar } from './context.ts';
import { evaluate, evaluateObject } from './evaluate.ts';
import { REPOSITORY } from './references.ts';

/** Stacks within stacks within stacks: deeper chains are left open. */
const MAX_DEPTH = 6;

export function settledFacts(uri: Uri, files: UnitFiles): readonly Fact[] {
  const context = new Stacks(files).contextOf(uri, 0);
  if (!context) return [];
  let environment = environmentOf(context, files);
  return context.template.resources.flatMap((resource) => {
    const before = results.get(resource);
    const isSame = before && environment && equalData(before.environment, environment);
    // Equal ones become one object, which is compared at once.
    if (isSame) environment = before.environment;
    const facts = isSame ? before.facts : resourceFacts(resource, { ...context, shift: resource.shift });
    if (environment) results.set(resource, { environment, facts });
    return facts;
  });
}

/** All that the facts of a resource may depend on besides itself, where no other template has a part in them. */
type Environment = Pick<StackTemplate, 'parameters' | 'mappings'> & {
  readonly types: readonly string[];
  readonly repositories: readonly StackResource[];
};

/** By resources, which are the same objects as long as they say the same. */
const results = new WeakMap<StackResource, { readonly environment: Environment; readonly facts: readonly Fact[] }>();

function environmentOf({ template }: StackContext, files: UnitFiles): Environment | undefined {
  if (files.filesWith('nestedStack').length > 0) return undefined;
  const { parameters, mappings, resources } = template;
  return {
    parameters,
    mappings,
    types: resources.map(({ logicalId, type }) => `${logicalId} ${type}`),
    repositories: resources.filter(({ type }) => type === REPOSITORY),
  };
}

function resourceFacts(resource: StackResource, context: StackContext): readonly Fact[] {
  if (!resource.properties) return [];
  const properties = evaluateObject(resource.properties, context, placeOf(context, resource.idSpan));
  const address = addressOf(context, resource.logicalId);
  return factsOf({ type: resource.type, address, logicalName: resource.logicalId, properties });
}

/** A template by itself: its parameters have their defaults. */
function standalone(uri: Uri, template: StackTemplate): StackContext {
  const resources = new Map(template.resources.map((resource) => [resource.logicalId, resource]));
  return { uri, template, resources, shift: 0, passed: () => undefined, output: () => undefined };
}

/** Whether an expression may end with a file's name: a cheap look, since every template asks every stack. */
function mayName(expression: StackExpression, name: string): boolean {
  const text = expression.kind === 'call' && expression.name === 'Sub' ? expression.argument : expression;
  if (text.kind !== 'scalar') return true;
  const written = String(text.value);
  return written.endsWith(name) || written.endsWith('}');
}

/** A stack that contains a template, and where that stands. */
interface Container {
  readonly uri: Uri;
  readonly stack: NestedStack;
}

class Stacks {
  readonly #files: UnitFiles;
  readonly #contexts = new Map<Uri, StackContext | undefined>();
  readonly #containers = new Map<Uri, readonly Container[]>();
  /** What is being evaluated, so that templates that name each other end. */
  readonly #open = new Set<string>();

  constructor(files: UnitFiles) {
    this.#files = files;
  }

  contextOf(uri: Uri, depth: number): StackContext | undefined {
    if (depth > MAX_DEPTH) return undefined;
    if (this.#contexts.has(uri)) return this.#contexts.get(uri);
    const template = this.#templateAt(uri);
    const context = template && this.#contextOfTemplate(uri, template, depth);
    this.#contexts.set(uri, context);
    return context;
  }

  #templateAt(uri: Uri): StackTemplate | undefined {
    return this.#files.facts(uri, 'stackTemplate')?.facts.find((fact) => fact.kind === 'stackTemplate');
  }

  #contextOfTemplate(uri: Uri, template: StackTemplate, depth: number): StackContext {
    return {
      ...standalone(uri, template),
      passed: (parameter) => this.#once(`${uri} ${parameter}`, () => this.#passed(uri, parameter, depth)),
      output: (logicalId, name) =>
        this.#once(`${uri} ${logicalId} ${name}`, () => this.#output(uri, logicalId, name, depth)),
    };
  }

  #once(key: string, compute: () => Described | undefined): Described | undefined {
    if (this.#open.has(key)) return undefined;
    this.#open.add(key);
    const computed = compute();
    this.#open.delete(key);
    return computed;
  }

  /** Stacks that contain it more than once may pass different values: then none is known. */
  #passed(uri: Uri, parameter: string, depth: number): Described | undefined {
    const values = this.#containersOf(uri).flatMap(({ uri: parent, stack }) => {
      const expression =
        stack.parameters?.kind === 'object'
          ? stack.parameters.entries.findLast((entry) => entry.key === parameter)?.value
          : stack.parameters;
      const context = expression && this.contextOf(parent, depth + 1);
      return context ? [evaluate(expression, context)] : [];
    });
    const [first, ...others] = values;
    if (!first || others.length === 0) return first;
    const text = (part: Described): string =>
      JSON.stringify(stringValue(part), (key, value) => (key === 'at' || key === 'trail' ? undefined : value));
    if (others.every((other) => text(other) === text(first))) return first;
    const { at } = stringValue(first);
    return scalar({ state: 'dynamic', text: `\${${parameter}}`, at, reason: 'stacks pass different values for it' });
  }

  #output(uri: Uri, logicalId: string, name: string, depth: number): Described | undefined {
    const stack = this.#stacksIn(uri).find((one) => one.logicalId === logicalId);
    const target = stack && this.#target(uri, stack);
    const context = target === undefined ? undefined : this.contextOf(target, depth + 1);
    const output = context?.template.outputs.find((one) => one.name === name);
    return context && output ? evaluate(output.value, context) : undefined;
  }

  #containersOf(uri: Uri): readonly Container[] {
    const before = this.#containers.get(uri);
    if (before) return before;
    const containers = this.#files.filesWith('nestedStack').flatMap((parent) =>
      this.#stacksIn(parent)
        .filter((stack) => parent !== uri && mayName(stack.template, basename(uri)))
        .filter((stack) => this.#target(parent, stack) === uri)
        .map((stack) => ({ uri: parent, stack })),
    );
    this.#containers.set(uri, containers);
    return containers;
  }

  #stacksIn(uri: Uri): readonly NestedStack[] {
    return (this.#files.facts(uri, 'nestedStack')?.facts ?? []).filter((fact) => fact.kind === 'nestedStack');
  }

  /** The file of a nested stack: a relative path, or the one that the end of an address names. */
  #target(parent: Uri, stack: NestedStack): Uri | undefined {
    const template = this.#templateAt(parent);
    const location = template && stringValue(evaluate(stack.template, standalone(parent, template)));
    if (location?.state !== 'known' && location?.state !== 'dynamic') return undefined;
    const text = location.state === 'known' ? location.value : location.text;
    const segments = text
      .slice(text.lastIndexOf('}') + 1)
      .split('/')
      .filter((part) => part !== '');
    const relative = text.includes('://') || text.includes('${') ? segments : [text];
    for (let skipped = 0; skipped < Math.min(relative.length, 12); skipped++) {
      const uri = joinUri(dirname(parent), relative.slice(skipped).join('/'));
      if (this.#files.exists(uri)) return uri;
    }
    return undefined;
  }
}
