// HCL: trees with places, and texts that are cut or damaged.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeOf, type HclExpression, type HclTemplatePart } from '../../server/src/syntax/hcl/tree.ts';
import { parseHcl, parseHclTemplate } from '../../server/src/syntax/hcl.ts';
import { cpuMilliseconds } from '../cpuTime.ts';

function show(node: HclExpression): string {
  const all = (nodes: readonly HclExpression[]): string => nodes.map(show).join(', ');
  switch (node.kind) {
    case 'literal':
      return String(node.value);
    case 'string':
      return JSON.stringify(node.value);
    case 'template':
      return `\`${node.parts.map(showPart).join('|')}\``;
    case 'list':
      return `[${all(node.items)}]${node.complete ? '' : '…'}`;
    case 'object':
      return `{${node.entries.map((entry) => `${show(entry.key)}=${show(entry.value)}`).join(', ')}}${node.complete ? '' : '…'}`;
    case 'for':
      return `for(${[node.names.join(), show(node.collection), node.key ? show(node.key) : '', show(node.value), node.condition ? show(node.condition) : '', node.grouped].join('; ')})`;
    case 'call':
      return `${node.name}(${all(node.arguments)}${node.expands ? '...' : ''})`;
    case 'reference':
    case 'access': {
      const steps = node.steps.map((step) =>
        step.kind === 'attribute' ? `.${step.name}` : step.kind === 'splat' ? '[*]' : `[${show(step.expression)}]`,
      );
      return (node.kind === 'reference' ? node.name : `(${show(node.of)})`) + steps.join('');
    }
    case 'conditional':
      return `if(${show(node.condition)}, ${show(node.whenTrue)}, ${show(node.whenFalse)})`;
    case 'operation':
      return `(${node.operands.length === 1 ? '' : `${show(node.operands[0] as HclExpression)} `}${node.operator} ${show(node.operands.at(-1) as HclExpression)})`;
    case 'unreadable':
      return '?';
  }
}

function showPart(part: HclTemplatePart): string {
  switch (part.kind) {
    case 'text':
      return part.value;
    case 'interpolation':
      return `\${${show(part.expression)}}`;
    case 'if':
      return `%if ${show(part.expression)}`;
    case 'for':
      return `%for ${part.names.join()} in ${show(part.expression)}`;
    default:
      return `%${part.kind}`;
  }
}

function expressionOf(text: string): HclExpression {
  const { body, problems } = parseHcl(`x = ${text}\n`);
  assert.deepEqual(problems, [], text);
  const value = attributeOf(body, 'x')?.value;
  assert(value);
  return value;
}

const expressions: readonly (readonly [string, string])[] = [
  ['1.5e3', '1500'],
  ['-1', '-1'],
  ['null', 'null'],
  ['"a b"', '"a b"'],
  [String.raw`"a\"b\u00e9\\"`, '`a|"|b|é|\\`'],
  ['"$${x} %%{y} $5 100%"', '`${|x} |%{|y} $5 100%`'],
  ['"a-${var.b}-c"', '`a-|${var.b}|-c`'],
  ['"${upper("x${y}")}"', '`${upper(`x|${y}`)}`'],
  ['"  ${~ a ~}  b"', '`${a}|b`'],
  ['"%{ if a }x%{ else }y%{ endif }"', '`%if a|x|%else|y|%endif`'],
  ['1 + 2 * 3 - 4', '((1 + (2 * 3)) - 4)'],
  ['!a && b || c == d', '(((! a) && b) || (c == d))'],
  ['(1 + 2) * 3', '((1 + 2) * 3)'],
  ['a ? b : c ? d : e', 'if(a, b, if(c, d, e))'],
  ['a <= 1 ? "x" : null', 'if((a <= 1), "x", null)'],
  ['aws_lb.main[0].arn', 'aws_lb.main[0].arn'],
  ['aws_lb.main.*.arn', 'aws_lb.main[*].arn'],
  ['a.b[*].c["d"]', 'a.b[*].c["d"]'],
  ['a.0.b', 'a[0].b'],
  ['f(a, b...)', 'f(a, b...)'],
  ['f(\n  a, # first\n  b,\n)', 'f(a, b)'],
  ['provider::aws::arn_parse(x).id', '(provider::aws::arn_parse(x)).id'],
  ['[1, "b",\n  c, // c\n]', '[1, "b", c]'],
  ['{ a = 1, "b" : 2, (c) = 3 }', '{"a"=1, "b"=2, c=3}'],
  ['{\n  a = 1 # one\n  b = [\n    2\n  ]\n}', '{"a"=1, "b"=[2]}'],
  ['[for k, v in m : v.x if k != "y"]', 'for(k,v; m; ; v.x; (k != "y"); false)'],
  ['{ for s in l : s.name => s... }', 'for(s; l; s.name; s; ; true)'],
  ['{ format = "json" }', '{"format"="json"}'],
  ['/* c */ 1', '1'],
  ['<<EOF\na ${b}\n  c\nEOF', '`a |${b}|\n  c\n`'],
  ['<<-EOF\n    a\n      b\n    EOF', '`a\n|  b\n`'],
];

for (const [text, expected] of expressions) {
  test(`expression ${JSON.stringify(text)}`, () => assert.equal(show(expressionOf(text)), expected));
}

test('places are those of the tokens', () => {
  const text = 'resource "aws_lb" "main" {\n  port = "80" # c\n  nested { a = f(x.y) }\n}\n';
  const { body } = parseHcl(text);
  const cut = ({ span }: { readonly span: { readonly start: number; readonly end: number } }): string =>
    text.slice(span.start, span.end);
  const [block] = body.blocks;
  assert(block);
  assert.equal(cut(block), text.trimEnd());
  assert.deepEqual(block.labels.map(cut), ['aws_lb', 'main']);
  const [port] = block.body.attributes;
  assert(port?.value.kind === 'string');
  assert.deepEqual(
    [cut(port), cut({ span: port.nameSpan }), cut(port.value), cut({ span: port.value.inner })],
    ['port = "80"', 'port', '"80"', '80'],
  );
  const [nested] = block.body.blocks;
  assert(nested);
  assert.deepEqual(
    [cut(nested), ...nested.body.attributes.map((one) => cut(one.value))],
    ['nested { a = f(x.y) }', 'f(x.y)'],
  );
});

test('the pieces of a heredoc stand where they are written', () => {
  const text = 'x = <<-EOT\n  {"port": ${var.port},\n   "a": 1}\n  EOT\n';
  const value = attributeOf(parseHcl(text).body, 'x')?.value;
  assert(value?.kind === 'template');
  for (const part of value.parts) {
    if (part.kind === 'text') assert.equal(text.slice(part.span.start, part.span.end), part.value);
  }
});

const broken: readonly (readonly [string, string, string])[] = [
  ['a value is missing', 'a =\nb = 2\n', 'a, b'],
  ['a block is not closed', 'resource "a" "b" {\n  x = 1\n\nresource "c" "d" {\n}\n', 'resource.b, resource.d'],
  ['a list is not closed', 'x = [1, 2\nresource "c" "d" {\n}\n', 'x, resource.d'],
  ['an object is not closed', 'x = {\n  a = 1\nresource "c" "d" {\n}\n', 'x, resource.d'],
  ['a quote is missing', 'a = "b\nc = 1\n', 'a, c'],
  ['an interpolation is not closed', 'a = "b ${c"\nd = 1\n', 'a, d'],
  ['a brace too many', '}\na = 1\n', 'a'],
  ['words of another language', 'hello world\na = 1\n', 'a'],
];

for (const [name, text, expected] of broken) {
  test(`what surrounds it is read where ${name}`, () => {
    const { body, problems } = parseHcl(text);
    assert(problems.length > 0);
    assert.equal(body.complete, false);
    const names = [
      ...body.attributes.map((attribute) => attribute.name),
      ...body.blocks.map((block) => `${block.type}.${block.labels.at(-1)?.text}`),
    ];
    assert.equal(names.join(', '), expected);
  });
}

test('no text takes long, none throws', () => {
  const parts = [
    '{',
    '[',
    '(',
    '!',
    '-',
    '"',
    '${',
    '%{',
    '%{ if ',
    'x ? ',
    'f(',
    '1 + ',
    '<<X\n',
    'a {',
    '}',
    '/*',
    '[for ',
    'x.',
    '[y',
  ];
  for (const part of parts) {
    for (const before of ['', 'a = ', 'a = "', 'a = {\n']) {
      const text = before + part.repeat(20_000);
      const start = cpuMilliseconds();
      parseHcl(text);
      parseHclTemplate(text);
      const milliseconds = cpuMilliseconds() - start;
      assert(milliseconds < 1000, `${JSON.stringify(before + part)} took ${milliseconds} ms`);
    }
  }
});

test('every cut of a file is read', () => {
  const text = 'locals {\n  a = { b = [for x in y : "${x}-%{ if z }q%{ endif }"], c = <<-E\n    d ${e}\n  E\n  }\n}\n';
  for (let end = 0; end <= text.length; end++) {
    parseHcl(text.slice(0, end));
    parseHcl(text.slice(end));
  }
});
