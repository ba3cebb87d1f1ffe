// Validates text the way an editor does: the schema is chosen by the file's name from package.json's `jsonValidation`,
// comments and trailing commas are read over.

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv';
import { parse } from 'jsonc-parser';
import picomatch from 'picomatch';
import manifest from '../../package.json' with { type: 'json' };

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The schemas carry keywords of editors that Ajv does not know. */
const ajv = new Ajv({ strict: false, allErrors: true });
const validators = new Map<string, ValidateFunction>();

/** The schemas an editor would use for a file of this name. */
export function schemasFor(path: string): readonly string[] {
  const name = basename(path);
  return manifest.contributes.jsonValidation
    .filter(({ fileMatch }) => matches(name, fileMatch))
    .map(({ url }) => basename(url));
}

/** Later patterns that start with `!` take back what earlier ones matched. */
function matches(name: string, patterns: readonly string[]): boolean {
  const [included, excluded] = [patterns.filter((p) => !p.startsWith('!')), patterns.filter((p) => p.startsWith('!'))];
  return (
    picomatch.isMatch(name, [...included]) && !excluded.some((pattern) => picomatch.isMatch(name, pattern.slice(1)))
  );
}

/** What an editor would underline, as `pointer message`; empty where all is well. */
export function problems(schema: string, text: string): readonly string[] {
  const validate = validatorOf(schema);
  if (validate(parse(text, [], { allowTrailingComma: true }))) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

function validatorOf(schema: string): ValidateFunction {
  const known = validators.get(schema);
  if (known) return known;
  const compiled = ajv.compile(readSchema(schema));
  validators.set(schema, compiled);
  return compiled;
}

export function readSchema(schema: string): AnySchemaObject {
  return JSON.parse(readFileSync(join(root, 'schemas', schema), 'utf8'));
}
