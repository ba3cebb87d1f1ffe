import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from '../../server/src/syntax/dockerfile.ts';
import {
  plainText,
  readDockerWord,
  readJsonStrings,
  splitDockerWords,
} from '../../server/src/syntax/dockerfileWords.ts';
import { cpuMilliseconds } from '../cpuTime.ts';

/** Keywords with their arguments on one line. */
function instructions(text: string): readonly string[] {
  const tree = parseDockerfile(text);
  assert.equal(tree.text.length, text.length);
  return tree.instructions.map((instruction) => {
    const argument = plainText(tree, instruction.argument).replace(/\s+/g, ' ');
    const heredocs = instruction.heredocs
      ? ` «${text.slice(instruction.heredocs.start, instruction.heredocs.end)}»`
      : '';
    return `${instruction.keyword} ${argument}${heredocs}`;
  });
}

const divided: readonly (readonly [string, readonly string[]])[] = [
  ['FROM a\nRUN b', ['FROM a', 'RUN b']],
  ['from a\r\nrun b \\\r\n  c\r\nCMD d', ['FROM a', 'RUN b c', 'CMD d']],
  ['FROM a\nRUN b && \\\n  # a comment\n\n  c \\\n  && d\nCMD e', ['FROM a', 'RUN b && c && d', 'CMD e']],
  ['FROM a\nRUN ab\\\ncd\nCMD e', ['FROM a', 'RUN abcd', 'CMD e']],
  ['FROM a\nRUN b \\ \\  \n c\nCMD e', ['FROM a', 'RUN b \\ c', 'CMD e']],
  ['# syntax=docker/dockerfile:1\n# escape=`\nFROM a\nRUN b `\n c\nCMD d\\', ['FROM a', 'RUN b c', 'CMD d\\']],
  ['\n# escape=`\nFROM a\nRUN b \\\n c', ['FROM a', 'RUN b c']],
  ['FROM a\nRUN <<EOF\nCMD x\nEOF\nCMD y', ['FROM a', 'RUN <<EOF «CMD x\nEOF»', 'CMD y']],
  [
    'FROM a\nRUN b \\\n && cat <<-"E" > f\n\tCMD x\n\tE\nCMD y',
    ['FROM a', 'RUN b && cat <<-"E" > f «\tCMD x\n\tE»', 'CMD y'],
  ],
  ['FROM a\nCOPY <<A <<B /d/\n1\nA\n2\nB\nCMD y', ['FROM a', 'COPY <<A <<B /d/ «1\nA\n2\nB»', 'CMD y']],
  ['FROM a\nRUN python -c "x << 2"\nCMD y', ['FROM a', 'RUN python -c "x << 2"', 'CMD y']],
  ['FROM a\nONBUILD RUN <<E\nCMD x\nE\nCMD y', ['FROM a', 'ONBUILD RUN <<E «CMD x\nE»', 'CMD y']],
  ['FROM a\nCMD', ['FROM a', 'CMD ']],
  ['', []],
];

for (const [text, expected] of divided) {
  test(`divides ${JSON.stringify(text)}`, () => assert.deepEqual(instructions(text), expected));
}

test('spans are those of the file', () => {
  const text = '# c\nFROM a\n  EXPOSE 80 \\\n   443  \nCMD x\n';
  const expose = parseDockerfile(text).instructions[1];
  assert.ok(expose);
  assert.equal(text.slice(expose.keywordSpan.start, expose.keywordSpan.end), 'EXPOSE');
  assert.equal(text.slice(expose.argument.start, expose.argument.end), '80 \\\n   443');
  assert.equal(text.slice(expose.span.start, expose.span.end), 'EXPOSE 80 \\\n   443');
});

function words(text: string): readonly string[] {
  const file = { text, escape: '\\' as const };
  return splitDockerWords(file, { start: 0, end: text.length }).map((span) => {
    const word = readDockerWord(file, span);
    const parts = word.parts.map((part) =>
      part.kind === 'variable'
        ? `<${part.name}${part.operator ?? ''}${JSON.stringify(part.argument ?? '')}>`
        : part.text,
    );
    return `${parts.join('')}@${text.slice(word.span.start, word.span.end)}`;
  });
}

test('reads words with quotes, escapes and variables', () => {
  assert.deepEqual(words(`a "b c" 'd $e' f\\ g`), ['a@a', 'b c@b c', 'd $e@d $e', 'f g@f\\ g']);
  assert.deepEqual(words('"a\\"b\\n" x"y"z'), ['a"b\\n@a\\"b\\n', 'xyz@x"y"z']);
  assert.deepEqual(words('$A-${B} ${C:-d} \\$E'), [
    '<A"">-<B"">@$A-${B}',
    '<C:-[{"kind":"text","text":"d"}]>@${C:-d}',
    '$E@\\$E',
  ]);
  assert.deepEqual(words('{{ a b }}:c d'), ['{{ a b }}:c@{{ a b }}:c', 'd@d']);
  assert.deepEqual(words('${A%x} "unclosed'), ['${A%x}@${A%x}', 'unclosed@"unclosed']);
});

test('reads JSON arrays of strings and nothing else', () => {
  const read = (text: string) => {
    const strings = readJsonStrings({ text, escape: '\\' }, { start: 0, end: text.length });
    return strings?.map((word) => [word.text, text.slice(word.span.start, word.span.end)]);
  };
  assert.deepEqual(read('[ "a" , "b\\"c" ]  '), [
    ['a', 'a'],
    ['b"c', 'b\\"c'],
  ]);
  assert.deepEqual(read('[]'), []);
  for (const text of ["['a']", '["a",]', '["a"] x', '["a" "b"]', '[1]', '["a"', '"a"', '', '[', '["\\x"]']) {
    assert.equal(read(text), undefined, text);
  }
});

test('any bytes are read in time that grows with their number', () => {
  const seeds = [
    '\\\n',
    '\\ ',
    '<<E ',
    'RUN <<E\n',
    '"',
    '${a:-',
    '{{',
    'FROM a\n',
    '# x\\\n',
    'ENV a=b\\\n',
    '\0',
    'ONBUILD ',
    '\\',
  ];
  for (const seed of seeds) {
    for (const start of ['', 'FROM a\nRUN ', 'FROM a\nENV A=']) {
      const text = start + seed.repeat(Math.ceil(60_000 / seed.length));
      const started = cpuMilliseconds();
      const tree = parseDockerfile(text);
      for (const { argument } of tree.instructions) {
        for (const word of splitDockerWords(tree, argument)) readDockerWord(tree, word);
        readDockerWord(tree, argument);
      }
      const took = cpuMilliseconds() - started;
      assert.ok(took < 3000, `${JSON.stringify(start + seed)} took ${took} ms`);
    }
  }
});
