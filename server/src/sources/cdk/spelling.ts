// Values in the spelling of a CDK program: its quotes, the names under which it imports the library, Python's data classes.

import { isList, type Json } from '../../base/json.ts';
import type { Import } from '../../facts/program.ts';
import { escapeText, usualQuote } from '../../languages/edits.ts';
import { joinLibrary, libraryPath } from './modules.ts';

export interface Spelling {
  readonly language: 'python' | 'script';
  readonly quote: "'" | '"';
  readonly newline: string;
  /** How the program names something of the library: `core.Duration` as `cdk.Duration`; undefined where it imports nothing of it. */
  libraryName(path: string): string | undefined;
}

export function spellingOf(language: string, imports: readonly Import[], text: string): Spelling {
  const paths = imports.map(({ module, name, local }) => {
    const whole = libraryPath(module);
    return { local, path: name === undefined || name === '*' ? whole : joinLibrary(whole, name) };
  });
  const localOf = (path: string): string | undefined =>
    paths.find((one) => one.path === path && one.local !== '')?.local;
  const libraryName = (path: string): string | undefined => {
    const own = localOf(path);
    if (own !== undefined) return own;
    const dot = path.lastIndexOf('.');
    if (dot > 0) {
      const owner = libraryName(path.slice(0, dot));
      return owner === undefined ? undefined : `${owner}.${path.slice(dot + 1)}`;
    }
    const core = path.startsWith('aws_') ? localOf('core') : undefined;
    return core === undefined ? undefined : `${core}.${path}`;
  };
  return {
    language: language === 'python' ? 'python' : 'script',
    quote: usualQuote(text),
    newline: text.includes('\r\n') ? '\r\n' : '\n',
    libraryName,
  };
}

/** Properties whose numbers are durations in seconds. */
const DURATIONS = /^(?:healthCheckGracePeriod|deregistrationDelay|interval|timeout|startPeriod)$/;

/** Constants of the library. */
const CONSTANTS: Readonly<Record<string, string>> = {
  targetType: 'aws_elasticloadbalancingv2.TargetType',
  imageTagMutability: 'aws_ecr.TagMutability',
};

/** Python's classes of objects. */
const CLASSES: Readonly<Record<string, string>> = {
  circuitBreaker: 'aws_ecs.DeploymentCircuitBreaker',
  deploymentAlarms: 'aws_ecs.DeploymentAlarmConfig',
  healthCheck: 'aws_ecs.HealthCheck',
};

const LONGEST = 60;

/** A property's value; undefined where the program has no name for what that needs. */
export function spellValue(spelling: Spelling, key: string, value: Json, indent: string): string | undefined {
  if (typeof value === 'number' && DURATIONS.test(key)) {
    const duration = spelling.libraryName('core.Duration');
    return duration === undefined ? undefined : `${duration}.seconds(${value})`;
  }
  if (typeof value === 'string' && Object.hasOwn(CONSTANTS, key)) {
    const owner = spelling.libraryName(CONSTANTS[key] ?? '');
    return owner === undefined ? undefined : `${owner}.${value.toUpperCase()}`;
  }
  if (value === null || typeof value !== 'object') return spellScalar(spelling, value);
  if (isList(value)) {
    const items = value.map((item) => spellValue(spelling, '', item, indent));
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
  }
  return spellObject(spelling, key, value, indent);
}

function spellScalar({ language, quote }: Spelling, value: string | number | boolean | null): string {
  if (typeof value === 'string') return quote + escapeText(value, quote) + quote;
  if (language === 'script' || typeof value === 'number') return String(value);
  return value === null ? 'None' : value ? 'True' : 'False';
}

function spellObject(
  spelling: Spelling,
  key: string,
  value: { readonly [key: string]: Json },
  indent: string,
): string | undefined {
  const isPython = spelling.language === 'python';
  const name = isPython ? spelling.libraryName(CLASSES[key] ?? 'nothing') : '';
  if (name === undefined) return undefined;
  const step = indent.startsWith('\t') ? '\t' : isPython ? '    ' : '  ';
  const entries = Object.entries(value).map(([inner, held]) => {
    const text = spellValue(spelling, inner, held, indent + step);
    return text && (isPython ? `${snakeCase(inner)}=${text}` : `${inner}: ${text}`);
  });
  if (entries.includes(undefined)) return undefined;
  const [open, close] = isPython ? [`${name}(`, ')'] : ['{', '}'];
  const padding = isPython || entries.length === 0 ? '' : ' ';
  const line = open + padding + entries.join(', ') + padding + close;
  if (line.length <= LONGEST) return line;
  const { newline } = spelling;
  const lines = entries.map((entry) => `${newline}${indent}${step}${entry},`);
  return `${open}${lines.join('')}${newline}${indent}${close}`;
}

/** `healthCheck` as Python names it. */
export function snakeCase(name: string): string {
  return name.replace('MiB', 'Mib').replace(/[A-Z]+(?![a-z])|[A-Z]/g, (letters) => `_${letters.toLowerCase()}`);
}

/** A duration's call in seconds: `Duration.minutes(1)` as `Duration.seconds(60)`. */
export function durationText(callee: string, seconds: number): string | undefined {
  const owner = /^((?:[\w$]+\.)*Duration)\.(?:millis|seconds|minutes|hours|days)$/.exec(callee)?.[1];
  return owner === undefined ? undefined : `${owner}.seconds(${seconds})`;
}
