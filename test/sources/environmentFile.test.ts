import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../server/src/base/text.ts';
import { environmentFile } from '../../server/src/sources/environmentFile.ts';
import { packageManifest } from '../../server/src/sources/packageManifest.ts';
import { extract, only, short, slice, uri } from './marks.ts';

describe('.env files', () => {
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['PORT=8000', '8000', '8000'],
    ['export PORT = 8000  # note', '8000', '8000'],
    ['  PORT="80 00" # note', '80 00', '80 00'],
    ["PORT='a#b $X'", 'a#b $X', 'a#b $X'],
    ['PORT="a\\nb\\"c"', 'a\nb"c', 'a\\nb\\"c'],
    ['PORT="a\nb"', 'a\nb', 'a\nb'],
    ['PORT=', '', ''],
    ['PORT=a#b', 'a#b', 'a#b'],
    ['BASE=80\nPORT=${BASE}01', '8001', '${BASE}01'],
    ['BASE=80\nPORT="$BASE"', '80', '$BASE'],
    ['PORT=${OTHER}', 'dynamic: ${OTHER}', '${OTHER}'],
    ['A=1\nPORT=$A${B:-2}', 'dynamic: $A${B:-2}', '$A${B:-2}'],
    ['PORT=<PORT>', 'dynamic: <PORT>', '<PORT>'],
    ['PORT="unclosed\r\n', '"unclosed', '"unclosed'],
    ['# OLD=1\nPORT=1\r\n', '1', '1'],
  ];
  for (const [text, expected, token] of cases) {
    it(JSON.stringify(text), () => {
      const { entries } = only(extract(environmentFile, text), 'environmentFile');
      const entry = entries.findLast((one) => one.name === 'PORT');
      assert(entry);
      assert.equal(short(entry.value), expected);
      assert.equal(slice(text, entry.value.at), token);
    });
  }

  it('lists names in order and nothing else', () => {
    const { entries } = only(extract(environmentFile, '# X=1\n\nB=1\nnonsense\nA=2\n=3\n'), 'environmentFile');
    assert.deepEqual(
      entries.map((entry) => entry.name),
      ['B', 'A'],
    );
  });

  for (const [text, value, expected] of [
    ['PORT=1 # x\r\nA=2', 5201, 'PORT=5201 # x\r\nA=2'],
    ['PORT="1"', 'a "b"', 'PORT="a \\"b\\""'],
    ['PORT=1', 'a b', 'PORT="a b"'],
  ] as const) {
    it(`replaces in ${JSON.stringify(text)}`, () => {
      const [entry] = only(extract(environmentFile, text), 'environmentFile').entries;
      assert(entry);
      const edits = environmentFile.edit({ uri, text }, { kind: 'replace', at: entry.value.at, value });
      assert.equal(applyEdits(text, edits), expected);
    });
  }

  it('claims .env, .env.* and *.env', () => {
    const names = ['.env', '.env.production', 'web.env', 'env', 'environment.ts', '.envrc'];
    assert.deepEqual(
      names.map((name) => environmentFile.claims(`file:///repo/${name}`)),
      ['yes', 'yes', 'yes', 'no', 'no', 'no'],
    );
  });
});

describe('package.json', () => {
  it('gives scripts, main and dependencies', () => {
    const text = `{"name": "x", "main": "dist/server.js", "scripts": {"start": "PORT=\${PORT:-3000} node .", "build": "tsc"},
      "dependencies": {"express": "^4"}, "devDependencies": {"typescript": "5"}}`;
    const manifest = only(extract(packageManifest, text), 'packageManifest');
    assert.deepEqual(
      manifest.scripts.map((script) => [script.name, short(script.command)]),
      [
        ['start', 'PORT=${PORT:-3000} node .'],
        ['build', 'tsc'],
      ],
    );
    assert.equal(short(manifest.main), 'dist/server.js');
    assert.deepEqual(manifest.dependencies, ['express', 'typescript']);
    assert.equal(slice(text, manifest.scripts[1]?.command.at ?? manifest.at), 'tsc');
  });

  it('takes any text', () => {
    for (const text of ['', '[]', '{"scripts": [], "dependencies": 1', 'null']) extract(packageManifest, text);
    assert.equal(short(only(extract(packageManifest, '{}'), 'packageManifest').main), 'absent');
  });
});
