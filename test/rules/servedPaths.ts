// Which paths a program serves: a row says what the health check asks for, and whether that is surely not served.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allReports, analyze, readMarked } from './workspace.ts';

export interface Row {
  readonly name: string;
  readonly files: string;
  /** Paths that nothing answers. */
  readonly unserved?: readonly string[];
  /** Paths that something answers, or may. */
  readonly served?: readonly string[];
}

async function unservedOf(files: string, path: string): Promise<readonly string[]> {
  const task = `--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "acme/web:1.4.2",
      "portMappings": [{ "containerPort": 8080 }],
      "healthCheck": { "command": ["CMD-SHELL", "wget -q -O - http://localhost:8080${path} || exit 1"] }
    }
  ]
}
`;
  const reports = allReports(await analyze(readMarked(task + files).files));
  return reports.filter(({ rule }) => rule === 'health-check-path-unserved').map(({ message }) => message);
}

export function testServed(rows: readonly Row[]): void {
  for (const { name, files, unserved = [], served = [] } of rows) {
    describe(name, () => {
      for (const path of unserved) {
        test(`nothing serves ${path}`, async () => {
          assert.equal((await unservedOf(files, path)).length, 1);
        });
      }
      for (const path of served) {
        test(`something may serve ${path}`, async () => {
          assert.deepEqual(await unservedOf(files, path), []);
        });
      }
    });
  }
}
