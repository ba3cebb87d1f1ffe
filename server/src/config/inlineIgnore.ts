// Finds comments that ignore a rule in place: `# steadystate-ignore <rule> -- <reason>`, also with `//`. Whether the rule
// exists and whether a finding is there to be ignored is the engine's business.

import { LineMap, type Location, locationOf, type SourceFile, type Span } from '../base/text.ts';

export interface InlineIgnore {
  /** Empty where the comment names none. */
  readonly rule: string;
  /** Absent or empty: the comment ignores nothing and is reported. */
  readonly reason: string | undefined;
  /** The comment from its marker on. */
  readonly at: Location;
  /** The rule's id, else the word `steadystate-ignore`. */
  readonly ruleAt: Location;
  /** Findings that start in this span are meant: the comment's line and the next line of code. */
  readonly appliesTo: Span;
}

const WORD = 'steadystate-ignore';

/** In a Dockerfile a comment stands on its own line, so only the line below is meant. */
export function findInlineIgnores(file: SourceFile, dockerfile: boolean): readonly InlineIgnore[] {
  const first = file.text.indexOf(WORD);
  if (first < 0) return [];
  const lines = new LineMap(file.text);
  const found: InlineIgnore[] = [];
  for (let offset = first; offset >= 0; offset = file.text.indexOf(WORD, offset + WORD.length)) {
    const ignore = ignoreAt(file, lines, offset, dockerfile);
    if (ignore) found.push(ignore);
  }
  return found;
}

function ignoreAt(file: SourceFile, lines: LineMap, offset: number, dockerfile: boolean): InlineIgnore | undefined {
  const { line } = lines.positionAt(offset);
  const span = lines.lineSpan(line);
  const marker = markerBefore(file.text, span.start, offset);
  if (marker === undefined) return undefined;
  const after = offset + WORD.length;
  const rest = file.text.slice(after, span.end);
  if (rest !== '' && !/^\s/.test(rest)) return undefined;
  const dashes = rest.indexOf('--');
  const rule = (dashes < 0 ? rest : rest.slice(0, dashes)).trim();
  const reason = dashes < 0 ? undefined : rest.slice(dashes + 2).trim();
  const ruleStart = rule === '' ? offset : after + rest.indexOf(rule);
  const ruleEnd = rule === '' ? after : ruleStart + rule.length;
  const target = lines.lineSpan(targetLine(file.text, lines, line));
  return {
    rule,
    reason,
    at: locationOf(file.uri, marker, span.end),
    ruleAt: locationOf(file.uri, ruleStart, ruleEnd),
    appliesTo: { start: dockerfile ? target.start : span.start, end: target.end },
  };
}

/** Where the `#` or `//` before the word stands; undefined where the word is not the start of a comment. */
function markerBefore(text: string, lineStart: number, offset: number): number | undefined {
  let end = offset;
  while (end > lineStart && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  if (text[end - 1] === '#') return end - 1;
  return end - 2 >= lineStart && text.startsWith('//', end - 2) ? end - 2 : undefined;
}

/** Comments that ignore several rules may stand above each other; all mean the line below the last one. */
function targetLine(text: string, lines: LineMap, line: number): number {
  let target = line + 1;
  while (target < lines.lineCount) {
    const { start, end } = lines.lineSpan(target);
    const content = text.slice(start, end).trimStart();
    if (!/^(?:#|\/\/)[ \t]*steadystate-ignore\b/.test(content)) break;
    target++;
  }
  return target;
}
