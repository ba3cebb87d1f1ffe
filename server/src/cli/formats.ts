// The formats of `check`, and where each goes: `--format text`, `--format json=report.json`.

import { jsonReport, type ToolName } from '../report/jsonReport.ts';
import type { Snapshot } from '../report/snapshot.ts';
import type { Style } from '../report/style.ts';
import { textReport } from '../report/textReport.ts';
import { CommandError } from './command.ts';

export interface Output {
  readonly format: Format;
  /** Absent for standard output. */
  readonly file: string | undefined;
}

export interface RunFacts {
  readonly tool: ToolName;
  readonly style: Style;
  readonly filesRead: number;
  readonly seconds: number;
}

const formats = ['text', 'json'] as const;
type Format = (typeof formats)[number];

export const formatNames: readonly string[] = formats;

export function readOutputs(values: readonly string[]): readonly Output[] {
  const outputs = (values.length > 0 ? values : ['text']).map(readOutput);
  if (outputs.filter((output) => output.file === undefined).length > 1) {
    throw new CommandError(
      "Only one format can go to standard output; give the others a file, as in '--format json=report.json'.",
    );
  }
  return outputs;
}

function readOutput(value: string): Output {
  const equals = value.indexOf('=');
  const name = equals < 0 ? value : value.slice(0, equals);
  const file = equals < 0 ? undefined : value.slice(equals + 1);
  const format = formats.find((candidate) => candidate === name);
  if (format === undefined)
    throw new CommandError(`There is no format '${name}'; the formats are ${formats.join(' and ')}.`);
  if (file === '') throw new CommandError(`'--format ${value}' names no file after '='.`);
  return { format, file };
}

export function render(format: Format, snapshot: Snapshot, run: RunFacts): string {
  switch (format) {
    case 'text':
      return textReport(snapshot, run);
    case 'json':
      return jsonReport(snapshot, run.tool);
  }
}
