import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, type Location } from '../../server/src/base/text.ts';
import type { Dockerfile, ImageCommand, Instruction, Stage } from '../../server/src/facts/dockerfile.ts';
import { factOf } from '../../server/src/facts/fileFacts.ts';
import type { Value } from '../../server/src/facts/value.ts';
import { dockerfile } from '../../server/src/sources/dockerfile.ts';

const uri = 'file:///w/Dockerfile';

function read(text: string) {
  const facts = dockerfile.extract({ uri, text });
  const fact: Dockerfile | undefined = factOf(facts, 'dockerfile');
  const slice = (at: Location) => text.slice(at.span.start, at.span.end);
  /** `value @ place`, or `?` with the reason. */
  const show = (value: Value<unknown>): string => {
    if (value.state === 'known') {
      const place = slice(value.at);
      const trail = (value.trail ?? []).map((step) => ` < ${slice(step.at)}`).join('');
      return `${String(value.value)}${place === String(value.value) ? '' : `@${place}`}${trail}`;
    }
    return value.state === 'dynamic' ? `?${value.text}${value.reason ? ` (${value.reason})` : ''}` : value.state;
  };
  const command = (c: ImageCommand) => `${c.form} ${c.words.map(show).join('|')}`;
  const line = (i: Instruction): string => {
    switch (i.kind) {
      case 'env':
      case 'arg':
        return `${i.kind} ${i.name}=${show(i.value)}`;
      case 'expose':
        return `expose ${show(i.port)}/${i.protocol}`;
      case 'workdir':
        return `workdir ${show(i.path)}`;
      case 'user':
        return `user ${show(i.user)}`;
      case 'copy': {
        const from =
          i.from === undefined ? '' : 'stage' in i.from ? ` from ${i.from.stage}` : ` from image ${i.from.image}`;
        return `copy${i.opaque ? ' opaque' : ''} ${i.sources.map(show).join(',')} to ${show(i.destination)}${from}`;
      }
      case 'shell':
        return `shell ${i.words.join('|')}`;
      case 'healthcheck': {
        if (i.check === 'none') return 'healthcheck none';
        const { command: run, ...times } = i.check;
        return `healthcheck ${command(run)} ${JSON.stringify(times)}`;
      }
      default:
        return `${i.kind} ${command(i.command)}`;
    }
  };
  return {
    stages: fact?.stages ?? [],
    froms: (fact?.stages ?? []).map(
      (stage: Stage) =>
        `${show(stage.from)}${stage.name ? ` as ${stage.name}` : ''}${stage.fromStage === undefined ? '' : ` = ${stage.fromStage}`}`,
    ),
    lines: (fact?.stages.at(-1)?.instructions ?? []).map(line),
    problems: facts.problems.map((problem) => `${problem.message} @${slice(problem.at)}`),
    fact,
  };
}

test('claims Dockerfiles by their many names', () => {
  const table: Record<string, readonly string[]> = {
    yes: [
      'Dockerfile',
      'dockerfile',
      'Dockerfile.api',
      'Dockerfile-x86',
      'api.Dockerfile',
      'api.dockerfile',
      'FlowerDockerFile',
      'Containerfile',
      'Dockerfile.ecs',
      'Dockerfile_prod',
    ],
    maybe: ['Dockerfile.j2', 'Dockerfile.tpl', 'Dockerfile.template', 'Dockerfile.erb'],
    no: [
      'Dockerfile.md',
      'Dockerfile.dockerignore',
      '.dockerignore',
      'Dockerfile.txt',
      'dockerfile.py',
      'Dockerfile.yml',
      'Dockerfile.old',
      'docker-compose.yml',
      'Dockerfiles',
      'dockerfile_parser.go',
      'Dockerfile~',
    ],
  };
  for (const [answer, names] of Object.entries(table)) {
    for (const name of names) assert.equal(dockerfile.claims(`file:///w/${name}`), answer, name);
  }
  assert.equal(dockerfile.recognizes?.('{# x #}\nfrom a\n'), true);
  assert.equal(dockerfile.recognizes?.('hello'), false);
});

const finals: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'exec and shell forms',
    'ENTRYPOINT ["python", "-u"]\nCMD python  app.py',
    ['entrypoint exec python|-u', 'cmd shell python  app.py'],
  ],
  ['single quotes are the shell form', "CMD ['python', 'app.py']", ["cmd shell ['python', 'app.py']"]],
  ['an empty array', 'ENTRYPOINT []', ['entrypoint exec ']],
  ['commands are not expanded', 'ARG A=1\nCMD ["x", "$A"]', ['arg A=1', 'cmd exec x|$A']],
  [
    'continued shell form keeps places',
    'CMD gunicorn \\\n  --bind :80',
    ['cmd shell gunicorn     --bind :80@gunicorn \\\n  --bind :80'],
  ],
  [
    'ENV forms',
    'ENV A=1 B="two words" C=x\\ y\nENV D the "rest" of it\nENV E = 1',
    ['env A=1', 'env B=two words', 'env C=x y@x\\ y', 'env D=the rest of it@the "rest" of it', 'env E== 1'],
  ],
  ['ENV sees what was before it', 'ENV A=1\nENV A=2 B=$A', ['env A=1', 'env A=2', 'env B=1 < $A']],
  [
    'ARG decides ENV',
    'ARG PORT=8080\nENV PORT=$PORT\nEXPOSE $PORT',
    ['arg PORT=8080', 'env PORT=8080 < $PORT', 'expose 8080 < $PORT < $PORT/tcp'],
  ],
  [
    'ARG without default',
    'ARG PORT\nENV P=$PORT\nEXPOSE ${PORT}',
    [
      'arg PORT=?PORT (the build argument PORT has no default)',
      'env P=?$PORT (the build argument PORT has no default)',
      'expose ?${PORT} (the build argument PORT has no default)/tcp',
    ],
  ],
  [
    'defaults in braces',
    'ARG A\nENV B=${A:-x}\nENV C=${B:+y} D=${N:-z}${B} E=${B:-q} F=${A:+w}',
    [
      'arg A=?A (the build argument A has no default)',
      'env B=x < ${A:-x} < A',
      'env C=y < ${B:+y}',
      'env D=zx@${N:-z}${B} < z < ${A:-x} < A < x',
      'env E=x < ${B:-q} < ${A:-x} < A',
      'env F=@${A:+w}',
    ],
  ],
  ['what the base image may set', 'ENV PATH=/x:$PATH', ['env PATH=?/x:$PATH (PATH is not set in this file)']],
  ['ENV beats ARG', 'ENV P=1\nARG P=2\nEXPOSE $P', ['env P=1', 'arg P=2', 'expose 1 < $P/tcp']],
  [
    'EXPOSE forms',
    'EXPOSE 80 443/tcp "53/udp" 8000-8002\nEXPOSE x',
    [
      'expose 80/tcp',
      'expose 443/tcp',
      'expose 53/udp',
      'expose 8000/tcp',
      'expose 8001@8000-8002/tcp',
      'expose 8002/tcp',
      'expose ?x/tcp',
    ],
  ],
  [
    'EXPOSE of variables',
    'ENV P=80 L="1 2"\nEXPOSE ${P}/udp $L',
    ['env P=80', 'env L=1 2', 'expose 80 < ${P}/udp', 'expose 1 < $L/tcp', 'expose 2 < $L/tcp'],
  ],
  [
    'COPY forms',
    'COPY --chown=a:b --link a b/ *.py ./\nCOPY ["c d", "/e"]\nADD a.py /x\nADD https://x.y/z /x\nADD a.tar.gz /x',
    [
      'copy a,b/,*.py to ./',
      'copy c d to /e',
      'copy a.py to /x',
      'copy opaque https://x.y/z to /x',
      'copy opaque a.tar.gz to /x',
    ],
  ],
  ['COPY of a heredoc', 'COPY <<EOF /etc/x\nCMD y\nEOF\nCMD z', ['copy  to /etc/x', 'cmd shell z']],
  [
    'WORKDIR, USER, SHELL',
    'ENV D=/srv\nWORKDIR $D/app\nUSER node\nSHELL ["/bin/bash", "-c"]',
    ['env D=/srv', 'workdir /srv/app@$D/app < /srv', 'user node', 'shell /bin/bash|-c'],
  ],
  [
    'HEALTHCHECK',
    'HEALTHCHECK --interval=1m30s --timeout=500ms --retries=5 --start-period=1h \\\n  CMD curl -f http://localhost/ || exit 1',
    [
      'healthcheck shell curl -f http://localhost/ || exit 1 {"interval":90,"timeout":0.5,"retries":5,"startPeriod":3600}',
    ],
  ],
  [
    'HEALTHCHECK exec and none',
    'HEALTHCHECK CMD ["curl", "x"]\nHEALTHCHECK none',
    ['healthcheck exec curl|x {}', 'healthcheck none'],
  ],
  [
    'RUN',
    'RUN --mount=type=cache,target=/x --network=none apk add curl\nRUN ["a", "b"]',
    ['run shell apk add curl', 'run exec a|b'],
  ],
  [
    'RUN heredocs',
    'RUN <<EOF\nset -e\napk add curl\nEOF\nRUN cat <<E >/x\ny\nE',
    ['run shell set -e\napk add curl\n', 'run shell cat <<E >/x\ny\nE@cat <<E >/x'],
  ],
  [
    'ONBUILD and others are left out',
    'ONBUILD CMD x\nLABEL a=b\nVOLUME /x\nSTOPSIGNAL 9\nMAINTAINER me\nCMD y',
    ['cmd shell y'],
  ],
  [
    'templates are unknown',
    'EXPOSE {{ port }}\nENV A={{ a }}-x',
    [
      'expose ?{{ port }} ({{ port }} is filled in by a tool)/tcp',
      'env A=?{{ a }}-x ({{ a }}-x is filled in by a tool)',
    ],
  ],
  ['the escape directive', 'CMD a', ['cmd shell a']],
];

for (const [name, text, expected] of finals) {
  test(`reads ${name}`, () => {
    const { lines, problems } = read(`FROM a:1\n${text}\n`);
    assert.deepEqual(lines, expected);
    assert.deepEqual(problems, []);
  });
  test(`reads ${name} with CRLF at the same words`, () => {
    const crlf = read(`FROM a:1\n${text}\n`.replaceAll('\n', '\r\n'));
    assert.deepEqual(
      crlf.lines.map((line) => line.replace(/\s+/g, ' ')),
      expected.map((line) => line.replace(/\s+/g, ' ')),
    );
  });
}

test('stages, their names and their bases', () => {
  const { froms, lines } = read(
    'ARG V=3.12\nARG BASE=node:20\nFROM --platform=$BUILDPLATFORM python:${V}-slim AS Build\nENV P=1\nARG V\nENV W=$V\nFROM ${BASE} as web\nFROM build\nEXPOSE $P\nENV X=$V\nCOPY --from=Build /a /b\nCOPY --from=1 /a /b\nCOPY --from=nginx:1 /a /b\nFROM $NONE\nCOPY --from=web a b\n',
  );
  assert.deepEqual(froms, [
    'python:3.12-slim@python:${V}-slim < 3.12 as build',
    'node:20 < ${BASE} as web',
    'build = 0',
    '?$NONE (NONE is not set in this file)',
  ]);
  assert.deepEqual(lines, ['copy a to b from 1']);
});

test('a stage inherits the variables of its parent', () => {
  const { lines } = read(
    'ARG G=7\nFROM a AS one\nARG G\nENV P=1\nFROM one\nEXPOSE $P $G\nCOPY --from=one /a /b\nCOPY --from=0 /a /b\nCOPY --from=nginx:1 /a /b',
  );
  assert.deepEqual(lines, [
    'expose 1 < $P/tcp',
    'expose 7 < $G/tcp',
    'copy /a to /b from 0',
    'copy /a to /b from 0',
    'copy /a to /b from image nginx:1',
  ]);
});

test('problems are single sentences at their token', () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    [
      'RUN x\n',
      ['RUN stands before the first FROM. @RUN', 'No FROM instruction says which image this one is built on. @RUN'],
    ],
    ['FROM a\nCOPPY b c\n', ['COPPY is not a Dockerfile instruction. @COPPY']],
    ['FROM a\nCOPY b\n', ['COPY needs a source and a destination. @b']],
    ['FROM a\nENV A="b\n', ['A quoted string of this ENV is never closed. @A="b']],
    ['FROM a\nSHELL bash\n', ['SHELL needs a JSON array of double-quoted strings. @bash']],
    ['FROM a\nHEALTHCHECK curl x\n', ['HEALTHCHECK is followed by neither CMD nor NONE. @curl x']],
    ['FROM\n', ['FROM has no argument. @FROM', 'No FROM instruction says which image this one is built on. @FROM']],
    ['', []],
    ['{% if x %}\nFROM a\n{% endif %}\n', []],
  ];
  for (const [text, problems] of table) assert.deepEqual(read(text).problems, problems, text);
  assert.equal(read('FROM a\n{% if x %}\nCMD b\n{% endif %}\n').fact, undefined);
});

test('the Dockerfile lies at its last stage', () => {
  const { fact } = read('FROM a AS b\nCMD x\nFROM c\nCMD y');
  assert.equal(fact?.at.span.start, 'FROM a AS b\nCMD x\n'.length);
  assert.equal(fact?.stages.length, 2);
});

test('replaces tokens in the spelling of their place', () => {
  const text = 'FROM a\nENV P=80 Q="x y"\nEXPOSE 80\nCMD ["a", "--port=80"]\n';
  const edit = (from: string, value: string | number) => {
    const start = text.indexOf(from);
    const at = { uri, span: { start, end: start + from.length } };
    return applyEdits(text, dockerfile.edit({ uri, text }, { kind: 'replace', at, value }));
  };
  assert.match(edit('80\nCMD', '90\nCMD'), /EXPOSE 80/);
  assert.match(edit('80 ', '9 '), /P="9 "/);
  assert.match(edit('x y', 'z"'), /Q="z\\""/);
  assert.match(edit('--port=80', '--port=81'), /"--port=81"/);
  assert.deepEqual(dockerfile.edit({ uri, text }, { kind: 'remove', at: { uri, span: { start: 0, end: 1 } } }), []);
});

test('any text is read, cut anywhere', () => {
  const whole = finals.map(([, text]) => `FROM a:1\n${text}`).join('\n');
  for (let cut = 0; cut < whole.length; cut += 3) {
    dockerfile.extract({ uri, text: whole.slice(cut) });
    dockerfile.extract({ uri, text: whole.slice(0, cut) });
    dockerfile.extract({ uri, text: `${whole.slice(0, cut)}"\uD800${whole.slice(cut)}` });
  }
});
