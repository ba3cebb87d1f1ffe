// The JSON report, held to its schema.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

interface Point {
  readonly line: number;
  readonly column: number;
}

interface Range {
  readonly start: Point;
  readonly end: Point;
}

export interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
  readonly range: Range;
  readonly related: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
  readonly fixes: readonly { readonly title: string; readonly preferred: boolean; readonly safe: boolean }[];
  readonly deployments: readonly string[];
  readonly suppressed: boolean;
}

export interface Report {
  readonly findings: readonly Finding[];
  readonly deployments: readonly {
    readonly id: string;
    readonly containers: readonly {
      readonly program: { readonly file: string; readonly command: readonly string[] } | null;
      readonly listens: { readonly ports: readonly { readonly port: number; readonly host: string | null }[] };
      readonly exposes: readonly (number | null)[];
      readonly containerPorts: readonly (number | null)[];
    }[];
  }[];
  readonly unlinked: readonly { readonly file: string; readonly reason: string }[];
}

const schema: object = JSON.parse(readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile<Report>(schema);

export function parseReport(text: string): Report {
  const report: unknown = JSON.parse(text);
  assert.ok(validate(report), JSON.stringify(validate.errors, undefined, 2));
  const ids = report.deployments.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)], 'ids are unique');
  for (const finding of report.findings) {
    assert.ok(finding.fixes.filter(({ preferred }) => preferred).length <= 1, 'at most one fix is preferred');
    for (const id of finding.deployments) assert.ok(ids.includes(id), `${id} is a deployment of the report`);
  }
  return report;
}
