// Cycles, endless recursion and broken texts: an answer in bounded time, never a throw.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuMilliseconds } from '../cpuTime.ts';
import { launchWorkspace, loadGrammars, summary } from './helper.ts';
import { assertRows, dockerfile } from './rows.ts';

const python = dockerfile('python:3', 'CMD ["python", "app.py"]');

test('cycles end', () =>
  assertRows([
    {
      name: 'scripts that call each other',
      files: {
        Dockerfile: dockerfile('node:20', 'CMD npm start'),
        'package.json': '{"scripts":{"start":"npm run go","go":"npm start"}}',
      },
      listens: /^unknown/,
    },
    {
      name: 'a shell script that runs itself',
      files: { Dockerfile: dockerfile('python:3', 'CMD ./a.sh'), 'a.sh': '#!/bin/sh\n./a.sh\n' },
      listens: /^unknown/,
    },
    {
      name: 'a shell function that calls itself',
      files: {
        Dockerfile: dockerfile('python:3', 'CMD ./a.sh'),
        'a.sh': '#!/bin/sh\nf() { f; f; }\nf\ngunicorn -b :80 a:a\n',
      },
      listens: /./,
    },
    {
      name: 'modules that import each other',
      files: {
        Dockerfile: python,
        'app.py': 'from b import PORT\nfrom flask import Flask\nFlask(__name__).run("0.0.0.0", PORT)\n',
        'b.py': 'from app import PORT\n',
      },
      listens: /^unknown/,
    },
    {
      name: 'a function that calls itself',
      files: {
        Dockerfile: python,
        'app.py':
          'from flask import Flask\ndef port(n):\n    return port(n) + port(n)\nFlask(__name__).run("0.0.0.0", port(port(1)))\n',
      },
      listens: /^unknown/,
    },
    {
      name: 'a name that is itself',
      files: {
        Dockerfile: python,
        'app.py': 'from flask import Flask\nport = 1\nport = port or port\nFlask(__name__).run("0.0.0.0", port)\n',
      },
      listens: '1',
    },
    {
      name: 'an environment variable that is written from itself',
      files: {
        Dockerfile: dockerfile('python:3', 'ENV PORT=5\nCMD ["python", "app.py"]'),
        'app.py':
          'import os\nfrom flask import Flask\nos.environ["PORT"] = os.environ["PORT"]\nFlask(__name__).run("0.0.0.0", int(os.environ["PORT"]))\n',
      },
      listens: '5',
    },
  ]));

test('a script of many open branches ends soon', async () => {
  await loadGrammars();
  const branches = Array.from({ length: 200 }, (_, index) => `if cmd${index}; then export A${index}=1; fi`).join('\n');
  const started = cpuMilliseconds();
  const result = launchWorkspace({
    Dockerfile: dockerfile('python:3', 'CMD ./a.sh'),
    'a.sh': `#!/bin/sh\n${branches}\ngunicorn -b :80 a:a\n`,
  });
  assert.match(summary(result), /^(?:unknown|80)/);
  assert.ok(cpuMilliseconds() - started < 10_000);
});

test('files that pass on the names of each other in circles end soon', async () => {
  await loadGrammars();
  const started = cpuMilliseconds();
  const names = Array.from({ length: 16 }, (_, index) => `m${index}`);
  const stars = names.map((name) => `export * from './${name}.mjs';\n`).join('');
  const files = {
    Dockerfile: dockerfile('node:22', 'CMD ["node", "server.mjs"]'),
    'server.mjs':
      "import http from 'node:http';\nimport { port } from './m0.mjs';\nhttp.createServer().listen(port);\n",
    ...Object.fromEntries(names.map((name) => [`${name}.mjs`, stars])),
  };
  assert.match(summary(launchWorkspace(files)), /^unknown: /);
  const found = { ...files, 'm9.mjs': `${stars}export const port = 7301;\n` };
  assert.equal(summary(launchWorkspace(found)), '7301');
  assert.ok(cpuMilliseconds() - started < 5_000);
});

test('cut and shuffled texts never throw', async () => {
  await loadGrammars();
  const script =
    '#!/bin/sh\nset -e\nexport PORT=${PORT:-80}\nif [ "$A" = b ]; then exec "$@"; fi\ncase "$1" in a|b*) x ;; *) y & ;; esac\nexec gunicorn -b "0.0.0.0:$PORT" -c <(cat) a:a\n';
  const program =
    'import os\nfrom flask import Flask\nclass C(object):\n    p = int(os.environ.get("PORT", 1))\n    def __init__(self, p):\n        self.p = p\napp = Flask(__name__)\nif __name__ == "__main__":\n    app.run(port=C(2).p)\n';
  for (let cut = 0; cut <= Math.max(script.length, program.length); cut += 3) {
    const files = {
      Dockerfile: dockerfile('python:3', 'ENTRYPOINT ["./a.sh"]\nCMD ["python", "app.py"]'),
      'a.sh': script.slice(0, cut) + script.slice(cut + 2),
      'app.py': program.slice(0, cut),
    };
    assert.ok(summary(launchWorkspace(files)).length > 0);
    const direct = { ...files, Dockerfile: python };
    assert.ok(summary(launchWorkspace(direct)).length > 0);
  }
});
