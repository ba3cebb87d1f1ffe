// Settles a small CDK app from its files, as the engine does.

import { readFileSync } from 'node:fs';
import { dirname, type Uri } from '../../../server/src/base/uri.ts';
import type { Fact, FactKind, FileFacts } from '../../../server/src/facts/fileFacts.ts';
import type { UnitFiles } from '../../../server/src/facts/files.ts';
import type { List, Value } from '../../../server/src/facts/value.ts';
import { cdk } from '../../../server/src/sources/cdk.ts';
import { programs } from '../../../server/src/sources/program.ts';
import { hasGrammar, loadGrammar, RUNTIME } from '../../../server/src/syntax/treeSitter.ts';

export const root = 'file:///repo';

export type Texts = Readonly<Record<string, string>>;

export async function loadGrammars(): Promise<void> {
  const bytes = (path: string): Uint8Array => readFileSync(`node_modules/${path}`);
  await loadGrammar(RUNTIME, bytes('web-tree-sitter/web-tree-sitter.wasm'));
  for (const name of ['typescript', 'javascript', 'python']) {
    if (!hasGrammar(name)) await loadGrammar(name, bytes(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`));
  }
}

export interface App {
  readonly facts: readonly Fact[];
  readonly texts: Texts;
  of<K extends FactKind>(kind: K): readonly Extract<Fact, { kind: K }>[];
  only<K extends FactKind>(kind: K): Extract<Fact, { kind: K }>;
}

/** The facts of the app whose `cdk.json` stands at the root. */
export function settle(texts: Texts): App {
  const facts = cdk.resolve?.(`${root}/`, unitFiles(texts)) ?? [];
  const of = <K extends FactKind>(kind: K): readonly Extract<Fact, { kind: K }>[] =>
    facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
  return {
    facts,
    texts,
    of,
    only(kind) {
      const [first, second] = of(kind);
      if (!first || second) throw new Error(`${of(kind).length} facts of kind ${kind}, not one`);
      return first;
    },
  };
}

function extract(uri: Uri, text: string): FileFacts | undefined {
  return [cdk, ...programs].find((source) => source.claims(uri) === 'yes')?.extract({ uri, text });
}

function unitFiles(texts: Texts): UnitFiles {
  const files = new Map(Object.entries(texts).map(([path, text]) => [`${root}/${path}`, text]));
  const facts = new Map([...files].map(([uri, text]) => [uri, extract(uri, text)]));
  const uris = [...files.keys()].sort();
  return {
    exists: (uri) => files.has(uri),
    folderExists: (folder) => uris.some((uri) => uri.startsWith(`${folder}/`)),
    list: (folder) => uris.filter((uri) => dirname(uri) === folder),
    folders: () => [],
    facts: (uri) => facts.get(uri),
    text: (uri) => files.get(uri),
    filesWith: () => [],
  };
}

/** A TypeScript app of one stack, whose constructor has this body. */
export function stack(body: string, more: Texts = {}): Texts {
  return {
    'cdk.json': '{ "app": "npx ts-node --prefer-ts-exts bin/app.ts" }',
    'bin/app.ts': `import * as cdk from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as ecs_patterns from 'aws-cdk-lib/aws-ecs-patterns';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as path from 'path';

class WebStack extends cdk.Stack {
  constructor(scope: cdk.App, id: string, props: cdk.StackProps) {
    super(scope, id, props);
${body.trim().replace(/^/gm, '    ')}
  }
}

new WebStack(new cdk.App(), 'Web', {});
`,
    ...more,
  };
}

/** A Python app of one stack, whose constructor has this body. */
export function pythonStack(body: string, more: Texts = {}): Texts {
  return {
    'cdk.json': '{ "app": "python3 app.py" }',
    'app.py': `import os
from aws_cdk import App, Duration, Stack
from aws_cdk import aws_ecs as ecs, aws_ecs_patterns as ecs_patterns
from aws_cdk import aws_elasticloadbalancingv2 as elbv2


class WebStack(Stack):
    def __init__(self, scope, id, **kwargs):
        super().__init__(scope, id, **kwargs)
${body.trim().replace(/^/gm, '        ')}


WebStack(App(), "Web")
`,
    ...more,
  };
}

/** What a value says, in one line: `5001`, `?: reason`, `-`, `a | b`. */
export function shown(value: Value<unknown> | undefined): string {
  switch (value?.state) {
    case 'known':
      return String(value.value);
    case 'dynamic':
      return `?${value.text}`;
    case 'choice':
      return value.branches.map((branch) => shown(branch.value)).join(' | ');
    default:
      return '-';
  }
}

export function shownList<T>(list: List<T>, show: (item: T) => string): string {
  return `${list.items.map(show).join(', ')}${list.complete ? '' : ' …'}`;
}

/** The text that stands at a known value's place. */
export function written(value: Value<unknown>, texts: Texts): string | undefined {
  const { uri, span } = value.at;
  return texts[uri.slice(root.length + 1)]?.slice(span.start, span.end);
}
