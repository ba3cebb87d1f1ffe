// No file of the test workspaces gets a warning from the schema that an editor would choose for it.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { problems, root, schemasFor } from './validate.ts';

const workspaces = join(root, 'test/workspaces');
const files = readdirSync(workspaces, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.json') && schemasFor(name).length > 0,
);

test('the workspaces hold task definitions and service definitions', () => {
  const used = new Set(files.flatMap(schemasFor));
  assert.ok(used.has('task-definition.schema.json'));
  assert.ok(used.has('service-definition.schema.json'));
});

for (const name of files) {
  for (const schema of schemasFor(name)) {
    test(`${name} follows ${schema}`, () => {
      assert.deepEqual(problems(schema, readFileSync(join(workspaces, name), 'utf8')), []);
    });
  }
}
