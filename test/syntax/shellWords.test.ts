import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  literalText,
  parseShell,
  type ShellNode,
  type ShellWord,
  splitWords,
  type WordPart,
} from '../../server/src/syntax/shellWords.ts';
import { cpuMilliseconds } from '../cpuTime.ts';

/** A tree as one line: what each table below compares. */
function show(node: ShellNode): string {
  switch (node.kind) {
    case 'command': {
      const assignments = node.assignments.map((a) => `${a.name}${a.append ? '+=' : '='}${showWord(a.value)}`);
      return `<${[...assignments, ...node.words.map(showWord)].join(' ')}>`;
    }
    case 'test':
      return `[${node.words.map(showWord).join(' ')}]`;
    case 'pipeline':
      return (node.negated ? '!' : '') + node.commands.map(show).join('|');
    case 'chain':
      return [show(node.first), ...node.rest.map((next) => next.operator + show(next.node))].join('');
    case 'background':
      return `${show(node.node)}&`;
    case 'if': {
      const branches = node.branches.map((branch) => `${all(branch.condition)}?${all(branch.body)}`);
      return `if(${branches.join(':')}:${all(node.otherwise)})`;
    }
    case 'case': {
      const clauses = node.clauses.map((c) => `${c.patterns.map(showWord).join(',')}=>${all(c.body)}${c.end}`);
      return `case(${showWord(node.subject)} ${clauses.join(' ')})`;
    }
    case 'loop':
      return `${node.until ? 'until' : 'while'}(${all(node.condition)} ${all(node.body)})`;
    case 'for':
      return `for(${node.name} in ${node.words?.map(showWord).join(' ') ?? '"$@"'} ${all(node.body)})`;
    case 'function':
      return `${node.name}(){${all(node.body)}}`;
    case 'group':
      return node.subshell ? `(${all(node.body)})` : `{${all(node.body)}}`;
    case 'unknown':
      return `?${node.text}?`;
  }
}

function all(nodes: readonly ShellNode[]): string {
  return nodes.map(show).join(';');
}

function showWord(word: ShellWord): string {
  return word.parts.map(showPart).join('');
}

function showPart(part: WordPart): string {
  switch (part.kind) {
    case 'literal':
      return part.quoted ? `'${part.text}'` : part.text;
    case 'variable': {
      const argument = part.operator === undefined ? '' : part.operator + (part.argument ?? []).map(showPart).join('');
      return `${part.quoted ? 'q' : ''}\${${part.name}${argument}}`;
    }
    case 'glob':
      return `%${part.text}%`;
    case 'unknown':
      return `?${part.text}?`;
  }
}

const redirections: readonly (readonly [string, string])[] = [
  ['a &>log', '&> log'],
  ['b <in >>out 3<&1', '< in, >> out, 3<& 1'],
  ['cat <<EOF >"$X"\nlisten $PORT;\nEOF', "<< EOF {'listen 'q${PORT}';\n'}, > q${X}"],
  ["cat > x <<'EOF'\nlisten $PORT;\nEOF\nb", "> x, << 'EOF' {'listen $PORT;\n'}"],
  ['cat <<E\nE', '<< E {}'],
  ['cat <<E\na "\\$b" \\"c\nE', `<< E {'a "$b" \\"c\n'}`],
  ['cat <<E\nnever closed', '<< E'],
];

test('redirections', () => {
  for (const [text, expected] of redirections) {
    const [node] = parseShell(text).body;
    const shown = (node?.kind === 'command' ? (node.redirections ?? []) : []).map(
      ({ operator, target, body }) => `${operator} ${showWord(target)}${body ? ` {${showWord(body)}}` : ''}`,
    );
    assert.equal(shown.join(', '), expected, text);
  }
});

const trees: readonly (readonly [string, string])[] = [
  ['', ''],
  ['node server.js', '<node server.js>'],
  ['a; b\nc', '<a>;<b>;<c>'],
  ['a && b || c', '<a>&&<b>||<c>'],
  ['a &&\n  b', '<a>&&<b>'],
  ['nginx & exec node', '<nginx>&;<exec node>'],
  ['a | b |& c', '<a>|<b>|<c>'],
  ['! a', '!<a>'],
  ['PORT=80 HOST="0.0.0.0" node .', "<PORT=80 HOST='0.0.0.0' node .>"],
  ['A=1', '<A=1>'],
  ['A+=1 B=', '<A+=1 B=>'],
  ['A=(x y) b', '<A=?(x y)? b>'],
  ['env A=1 b', '<env A=1 b>'],
  ['export PORT="${PORT:-8080}"', "<export PORT=q${PORT:-'8080'}>"],
  ['echo $1 "$@" $# ${10} $PORT/x', '<echo ${1} q${@} ${#} ${10} ${PORT}/x>'],
  ['${A:=b} ${A-c} ${A:+d$E} ${A?e}', '<${A:=b} ${A-c} ${A:+d${E}} ${A?e}>'],
  ['${#A} ${A%/*} ${A//x/y} $(id -u) `pwd` $((1+2))', '<?${#A}? ?${A%/*}? ?${A//x/y}? ?$(id -u)? ?`pwd`? ?$((1+2))?>'],
  ['echo \'a $b\' "c\\"d\\n" e\\ f', "<echo 'a $b' 'c\"d\\n' e f>"],
  ['"a$(b ")")c"', "<'a'?$(b \")\")?'c'>"],
  ['cp *.py {a,b} [ab].c ~/x', '<cp %*%.py %{a,b}% %[ab]%.c ?~?/x>'],
  ['exec "$@" >/dev/null 2>&1', '<exec q${@}>'],
  ['exec 2>&1', '<exec>'],
  ['a &>log; b <in >>out 3<&1', '<a>;<b>'],
  ['cat <<EOF >x\nnot $a command\nEOF\nb', '<cat>;<b>'],
  ["cat <<-'END'\n\tx; y\n\tEND\nb", '<cat>;<b>'],
  ['cat <<A <<B\n1\nA\n2\nB\nc', '<cat>;<c>'],
  ['cat <<< "$x"; b', '<cat>;<b>'],
  ['# comment; x\na # b\nc#d', '<a>;<c#d>'],
  ['a \\\n  b\\\nc', '<a bc>'],
  ['a\r\nb \\\r\n c\r\n', '<a>;<b c>'],
  [
    'if [ -z "$P" ]; then P=1; elif [[ $a == b* && -n c ]]; then b; else c; fi',
    'if([-z q${P}]?<P=1>:[${a} == b%*% && -n c]?<b>:<c>)',
  ],
  ['if test "$1" = x\nthen\n a\nfi', 'if([q${1} = x]?<a>:)'],
  [
    'case "$1" in\n  a|b) x ;;\n  (-*) y;& \n  *) exec "$@"\nesac',
    'case(q${1} a,b=><x>;; -%*%=><y>;& %*%=><exec q${@}>;;)',
  ],
  ['while ! nc -z db 5432; do sleep 1; done', 'while(!<nc -z db 5432> <sleep 1>)'],
  ['until a; do b; done < f', 'until(<a> <b>)'],
  ['for f in a "$b"; do c; done', 'for(f in a q${b} <c>)'],
  ['for f\ndo c; done', 'for(f in "$@" <c>)'],
  ['for ((i=0;i<3;i++)); do c; done', 'while(?((i=0;i<3;i++))? <c>)'],
  ['run() { a; b; }\nrun', 'run(){<a>;<b>};<run>'],
  ['function run { a; }', 'run(){<a>}'],
  ['function run () (a)', 'run(){(<a>)}'],
  ['{ a; } 2>&1; (b; c) | d', '{<a>};(<b>;<c>)|<d>'],
  ['((x++)); a', '?((x++))?;<a>'],
  ['[[ "$x" =~ ^(a|b)$ ]] && y', '[q${x} =~ ^(a|b)$]&&<y>'],
  ['diff <(a) >(b)', '<diff ?<(a)? ?>(b)?>'],
  ['echo if then fi', '<echo if then fi>'],
  ['set -euo pipefail', '<set -euo pipefail>'],
  ['node -e "require(\'x\').listen(80)"', "<node -e 'require('x').listen(80)'>"],
];

for (const [text, expected] of trees) {
  test(`reads ${JSON.stringify(text)}`, () => {
    const script = parseShell(text);
    assert.equal(all(script.body), expected);
    assert.deepEqual(script.problems, []);
  });
}

test('what cannot be read is unknown and told, and what follows is read', () => {
  for (const [text, expected] of [
    ['a; ) ; b', '<a>;?)?;<b>'],
    ['fi\nb', '?fi?;<b>'],
    ['(a && ); b', '(<a>&&??);<b>'],
    ['| a', '?|?;<a>'],
    ['a; ;; b', '<a>;?;;?;<b>'],
  ] as const) {
    const script = parseShell(text);
    assert.equal(all(script.body), expected, text);
    assert.ok(script.problems.length > 0, text);
  }
});

test('unclosed text is told', () => {
  for (const text of [
    '"a',
    "'a",
    '$(a',
    '${a',
    '{ a',
    '(a',
    'if a; then b',
    'case x in',
    'cat <<E\nx',
    'while a',
    '[[ a',
    '`a',
  ]) {
    const { problems } = parseShell(text);
    assert.ok(problems.length > 0, text);
    for (const problem of problems) assert.match(problem.message, /^[A-Z`].*\.$/);
  }
});

test('places are those of the text', () => {
  const text = 'PORT="80" exec gunicorn -b 0.0.0.0:$PORT "app:app"';
  const command = parseShell(text).body[0];
  assert.equal(command?.kind, 'command');
  if (command?.kind !== 'command') return;
  const slice = (span: { start: number; end: number } | undefined) => span && text.slice(span.start, span.end);
  assert.equal(slice(command.assignments[0]?.span), 'PORT="80"');
  assert.equal(slice(command.assignments[0]?.value.parts[0]?.span), '80');
  assert.deepEqual(
    command.words.map((word) => slice(word.span)),
    ['exec', 'gunicorn', '-b', '0.0.0.0:$PORT', '"app:app"'],
  );
  assert.deepEqual(
    command.words[3]?.parts.map((part) => slice(part.span)),
    ['0.0.0.0:', '$PORT'],
  );
  assert.equal(slice(command.words[4]?.parts[0]?.span), 'app:app');
  assert.equal(command.words[3] && literalText(command.words[3]), undefined);
});

test('splits literal commands into words with the places of their text', () => {
  assert.deepEqual(splitWords('a "b c"  d\\ e'), [
    { text: 'a', start: 0, end: 1 },
    { text: 'b c', start: 3, end: 6 },
    { text: 'd e', start: 9, end: 13 },
  ]);
  assert.deepEqual(splitWords(''), []);
  assert.deepEqual(
    splitWords('--bind=:80 -w 4')?.map((word) => word.text),
    ['--bind=:80', '-w', '4'],
  );
  for (const text of ['a $b', 'a; b', 'a > b', 'A=1 b', 'a | b', 'a &', '"a', 'if a; then b; fi', '$(a)', 'a && b']) {
    assert.equal(splitWords(text), undefined, text);
  }
});

test('any bytes are read, cut anywhere', () => {
  const text = trees.map(([tree]) => tree).join('\n');
  for (let cut = 0; cut < text.length; cut++) {
    parseShell(text.slice(cut));
    parseShell(text.slice(0, cut));
    parseShell(`${text.slice(0, cut)}\u0000)\uD800${text.slice(cut + 1)}`);
  }
});

test('time grows with the length, however it is nested', () => {
  const seeds = [
    '(',
    '{ ',
    '$(',
    '"${a:-',
    '`',
    'a() ',
    'if a; then ',
    'case a in b) ',
    '<<E ',
    '\'"',
    '\\',
    '[[ ',
    '[',
    '{a,',
    '((',
    '! ',
    'a && ',
    'a|',
    '$((',
    '\n',
    '#',
    '<<E\n',
    '${',
    '$"',
    ';;',
    'for a in ',
    '2>',
  ];
  for (const seed of seeds) {
    const started = cpuMilliseconds();
    parseShell(seed.repeat(Math.ceil(200_000 / seed.length)));
    const took = cpuMilliseconds() - started;
    assert.ok(took < 2000, `${seed} took ${took} ms`);
  }
});
