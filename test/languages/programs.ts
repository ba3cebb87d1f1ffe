// Reads program text with the real grammars, and prints expressions shortly so that tests stay tables.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { applyEdits } from '../../server/src/base/text.ts';
import type { EditIntent } from '../../server/src/facts/edit.ts';
import type { Expression } from '../../server/src/facts/expression.ts';
import type { Definition, Listener, Program, Scope } from '../../server/src/facts/program.ts';
import { languages } from '../../server/src/languages/index.ts';
import type { Language } from '../../server/src/languages/language.ts';
import { loadGrammar, RUNTIME } from '../../server/src/syntax/treeSitter.ts';
import { grammarFile } from '../../server/src/tools/grammars.ts';

export function grammarBytes(name: string): Uint8Array {
  return readFileSync(grammarFile(name));
}

export async function loadGrammars(...names: readonly string[]): Promise<void> {
  for (const name of [RUNTIME, ...names]) await loadGrammar(name, grammarBytes(name));
}

function languageOf(extension: string): Language {
  const language = languages.find(({ extensions }) => extensions.includes(extension));
  assert.ok(language, extension);
  return language;
}

export function extract(extension: string, text: string): Program {
  return languageOf(extension).extract({ uri: `file:///app/main${extension}`, text });
}

/** The text after an edit; the text itself where nothing can be done. */
export function edited(extension: string, text: string, intent: EditIntent): string {
  return applyEdits(text, languageOf(extension).edit({ uri: `file:///app/main${extension}`, text }, intent));
}

export function show(expression: Expression | undefined): string {
  switch (expression?.kind) {
    case undefined:
      return '-';
    case 'literal':
      return JSON.stringify(expression.value);
    case 'environment': {
      const name = expression.name.kind === 'literal' ? expression.name.value : show(expression.name);
      return expression.default ? `$${name}|${show(expression.default)}` : `$${name}`;
    }
    case 'name':
      return expression.name;
    case 'member': {
      const { property } = expression;
      const isName = property.kind === 'literal' && typeof property.value === 'string';
      return isName ? `${show(expression.object)}.${property.value}` : `${show(expression.object)}[${show(property)}]`;
    }
    case 'concat':
      return `concat(${expression.parts.map(show).join(', ')})`;
    case 'fallback':
      return `(${expression.options.map(show).join(expression.skips === 'falsy' ? ' or ' : ' ?? ')})`;
    case 'conditional':
      return `(${show(expression.test)} ? ${show(expression.then)} : ${show(expression.otherwise)})`;
    case 'comparison':
      if (expression.operator === 'not') return `not ${show(expression.left)}`;
      return `(${show(expression.left)} ${expression.operator} ${show(expression.right)})`;
    case 'call': {
      const values = expression.arguments.map(({ name, value }) => (name ? `${name}=${show(value)}` : show(value)));
      return `${show(expression.callee)}(${values.join(', ')})`;
    }
    case 'object': {
      const entries = expression.entries.map(({ key, value }) => `${key}: ${show(value)}`);
      return `{${entries.join(', ')}${expression.complete ? '' : ', …'}}`;
    }
    case 'array':
      return `[${expression.items.map(show).join(', ')}]`;
    case 'lambda':
      return `() => ${expression.returns.map(show).join(' | ')}`;
    case 'unknown':
      return '?';
  }
}

export function showScope(scope: Scope): string {
  const test = scope.test ? `${scope.negated ? 'unless' : 'if'} ${show(scope.test)}` : scope.conditional ? 'if ?' : '';
  return [scope.path.join('.'), scope.main ? 'main' : '', test].filter(Boolean).join(' ');
}

/** `flask.run host "0.0.0.0" port 5201`. */
export function showListener({ api, port, host, address }: Listener): string {
  const parts = [`host ${show(host)}`, `port ${show(port)}`];
  return address ? `${api.id} address ${show(address)}` : `${api.id} ${parts.join(' ')}`;
}

export function showListeners(program: Program): readonly string[] {
  return program.listeners.map(showListener);
}

export function showValue(value: Definition['value']): string {
  switch (value.kind) {
    case 'function': {
      const parameters = value.parameters.map((parameter) =>
        parameter.default ? `${parameter.name}=${show(parameter.default)}` : parameter.name,
      );
      return `(${parameters.join(', ')}) => [${value.returns.map(show).join(', ')}]`;
    }
    case 'class':
      return `class(${value.bases.join(', ')}) {${value.members.map((member) => `${member.name}: ${show(member.value)}`).join(', ')}}`;
    default:
      return show(value);
  }
}

/** `scope name = value`. */
export function showDefinitions(definitions: readonly Definition[]): readonly string[] {
  return definitions.map(({ name, value, scope }) => {
    const where = showScope(scope);
    return `${where === '' ? '' : `[${where}] `}${name} = ${showValue(value)}`;
  });
}
