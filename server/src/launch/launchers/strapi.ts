// Strapi: `strapi start` listens where config/server says, mostly `env.int('PORT', 1337)`.
// https://docs.strapi.io/cms/configurations/server

import { commandDefaults } from '../../aws/commandDefaults.ts';
import type { Expression } from '../../facts/expression.ts';
import { dottedName } from '../../facts/expression.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Program } from '../../facts/program.ts';
import type { Value } from '../../facts/value.ts';
import { dynamic, known } from '../../facts/value.ts';
import { argumentsOf, listensNone, serverListens, workspaceFile } from '../argv.ts';
import { withVariablesOf } from '../environmentFiles.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { step, wordText } from '../text.ts';

export const strapi: Launcher = {
  id: 'strapi',
  runs: (command) => command === 'strapi',
  resolve(process) {
    const [first] = argumentsOf(process);
    const command = first === undefined ? '' : wordText(first);
    if (!/^(?:start|develop|dev)$/.test(command)) return listensNone(process);
    const uri = ['js', 'ts', 'mjs'].flatMap((ending) => workspaceFile(process, `config/server.${ending}`) ?? [])[0];
    const program = uri === undefined ? undefined : factOf(process.files.facts(uri, 'program'), 'program');
    if (uri !== undefined && program === undefined) {
      return unknownOutcome(process, `${process.shownPath(uri)} could not be read`, uri);
    }
    const inside = withVariablesOf(process, known('.env', { uri: uri ?? '', span: { start: 0, end: 0 } }));
    const read = (name: string) => program && settingOf(inside, program, name);
    const sources = { server: 'Strapi', port: read('port'), host: read('host'), defaults: commandDefaults.strapi };
    return serverListens(process, sources, uri);
  },
};

/** A property of the object that the file exports, or that its exported function returns. */
function settingOf(process: ContainerProcess, program: Program, name: string): Value<string> | undefined {
  for (const { value } of program.exports) {
    const results =
      value.kind === 'function' || value.kind === 'lambda' ? value.returns : value.kind === 'class' ? [] : [value];
    for (const result of results) {
      const entry = result.kind === 'object' ? result.entries.findLast(({ key }) => key === name) : undefined;
      if (entry !== undefined) return settingValue(process, entry.value);
    }
  }
  return undefined;
}

/** `env('HOST', '0.0.0.0')`, `env.int('PORT', 1337)`, `process.env.PORT || 1337` or a literal. */
function settingValue(process: ContainerProcess, value: Expression): Value<string> {
  if (value.kind === 'literal') return known(String(value.value), value.at, [step(value.at, String(value.value))]);
  if (value.kind === 'fallback') {
    const values = value.options.map((option) => settingValue(process, option));
    return values.find(({ state }) => state !== 'absent') ?? dynamic('', value.at);
  }
  const name =
    value.kind === 'environment'
      ? value.name
      : value.kind === 'call' && /^env(?:\.int)?$/.test(dottedName(value.callee) ?? '')
        ? value.arguments[0]?.value
        : undefined;
  if (name?.kind !== 'literal') return dynamic('', value.at, 'the configuration of Strapi cannot be read');
  const given = process.environment.get(String(name.value));
  if (given !== undefined) return given;
  const fallback = value.kind === 'call' ? value.arguments[1]?.value : undefined;
  return fallback === undefined ? { state: 'absent', at: value.at } : settingValue(process, fallback);
}
