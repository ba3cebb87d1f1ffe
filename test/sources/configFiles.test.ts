import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../server/src/base/text.ts';
import type { ConfigFile } from '../../server/src/facts/configFile.ts';
import { settingOf } from '../../server/src/facts/configFile.ts';
import { configFiles } from '../../server/src/sources/configFiles.ts';
import type { Source } from '../../server/src/sources/source.ts';
import { cpuMilliseconds } from '../cpuTime.ts';
import { extract, only, short, slice } from './marks.ts';

function sourceOf(name: string): Source {
  const source = configFiles.find((one) => one.claims(`file:///repo/${name}`) === 'yes');
  assert(source, name);
  return source;
}

function read(name: string, text: string): ConfigFile {
  return only(extract(sourceOf(name), text, `file:///repo/${name}`), 'configFile');
}

/** `key=value`, with the document's number where it is not the first, and `…` where more may be said. */
function lines(name: string, text: string): readonly string[] {
  const { entries, complete } = read(name, text);
  const listed = entries.map(
    ({ key, value, document }) => `${document > 0 ? `${document}:` : ''}${key}=${short(value)}`,
  );
  return complete ? listed : [...listed, '…'];
}

describe('settings files as dotted keys', () => {
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    [
      'a.yml',
      'server:\n  port: 8081\n  hosts: [a, b]\n',
      ['server.port=8081', 'server.hosts[0]=a', 'server.hosts[1]=b'],
    ],
    ['a.yaml', 'server.port: "80"\nx:\n', ['server.port=80', 'x=absent']],
    ['a.yaml', 'a: 1\n---\nb: 2\n---\nc: 3\n', ['a=1', '1:b=2', '2:c=3']],
    ['a.yaml', 'port: ${PORT:8080}\n', ['port=${PORT:8080}']],
    ['a.yaml', 'url: http://${HOST:x}:${PORT}/\n', ['url=http://${HOST:x}:${PORT}/']],
    ['a.yaml', 'port: {{ port }}\nb: 1\n', ['port=dynamic: {{ port }}', 'b=1']],
    ['a.yaml', 'a: &x {port: 1}\nb: {<<: *x, c: 2}\n', ['a.port=1', 'b.port=1', 'b.c=2']],
    ['a.yaml', 'a: [1\nb: 2\n', ['a[0]=1', 'b=2', '…']],
    ['a.yaml', '', []],
    ['a.json', '{"a": {"b.c": 1}, // note\n "d": [true, {"e": null}],}', ['a.b.c=1', 'd[0]=true', 'd[1].e=absent']],
    ['tsconfig.json', '{"compilerOptions": {"outDir": "./dist"}}', ['compilerOptions.outDir=./dist']],
    ['a.json', '{"a": 1, "b": ', ['a=1', '…']],
    [
      'a.toml',
      'a = 1 # x\n[b]\nc.d = "x\\ty"\n"e.f" = \'\\n\'\n[g . h]\ni = [1, [2,\n 3], # x\n]\n',
      ['a=1', 'b.c.d=x\ty', 'b.e.f=\\n', 'g.h.i[0]=1', 'g.h.i[1][0]=2', 'g.h.i[1][1]=3'],
    ],
    ['a.toml', '[[a]]\nb=1\n[a.c]\nd=2\n[[a]]\nb=3\n', ['a[0].b=1', 'a[0].c.d=2', 'a[1].b=3']],
    [
      'a.toml',
      'a = {b = 1, c = {d = true}}\ne = 1979-05-27 07:32:00Z\n',
      ['a.b=1', 'a.c.d=true', 'e=1979-05-27 07:32:00Z'],
    ],
    ['a.toml', 'a = """\none\\\n  two"""\nb = \'\'\'x\ny\'\'\'\n', ['a=onetwo', 'b=x\ny']],
    ['a.toml', 'a = \nb = 2\n[c\nd = 1\n', ['b=2', 'd=1', '…']],
    ['Pipfile', '[scripts]\nstart = "python app.py"\n', ['scripts.start=python app.py']],
    [
      'a.ini',
      '# x\n[uwsgi]\nhttp = :8080\nmaster\n; x\nenv: A=1 ; x\n',
      ['uwsgi.http=:8080', 'uwsgi.master=', 'uwsgi.env=A=1'],
    ],
    ['setup.cfg', 'a=1\n[b.c]\n  d =\n    e = f\n    g\n  h = i\n', ['a=1', 'b.c.d=e = f\ng', 'b.c.h=i']],
    ['a.ini', '[broken\na=1\n', ['a=1', '…']],
    [
      'a.properties',
      '# x\nserver.port = 8081\nb:c\nd e\n f\\ g=h\\\n   i\nj\n! x\nk=\\u0041\\n\n',
      ['server.port=8081', 'b=c', 'd=e', 'f g=hi', 'j=', 'k=A\n'],
    ],
    ['a.properties', 'a=1\n#---\na=2\n', ['a=1', '1:a=2']],
    ['a.properties', 'p=${PORT:8080}\r\nq=1\r\n', ['p=${PORT:8080}', 'q=1']],
  ];
  for (const [name, text, expected] of cases) {
    it(`${name}: ${JSON.stringify(text)}`, () => assert.deepEqual(lines(name, text), expected));
  }

  const places: readonly (readonly [name: string, text: string, expected: string])[] = [
    ['a.yaml', 'port: "8080" # x', '8080'],
    ['a.json', '{"port": "8080"}', '8080'],
    ['a.toml', "port = '8080'", '8080'],
    ['a.toml', 'port = 8080 # x', '8080'],
    ['a.ini', 'port = 8080 ; x', '8080'],
    ['a.properties', 'port = 80\\\n  80', '80\\\n  80'],
    ['a.properties', ' port: 8080\r\n', '8080'],
    ['a.properties', 'port=', ''],
  ];
  for (const [name, text, expected] of places) {
    it(`points at the value in ${name} ${JSON.stringify(text)}`, () => {
      const value = settingOf(read(name, text), 'port');
      assert(value);
      assert.equal(slice(text, value.at), expected);
    });
    if (!expected.startsWith('8080')) continue;
    it(`writes the value in ${name} ${JSON.stringify(text)}`, () => {
      const value = settingOf(read(name, text), 'port');
      assert(value);
      const uri = `file:///repo/${name}`;
      const edits = sourceOf(name).edit({ uri, text }, { kind: 'replace', at: value.at, value: 5201 });
      assert.equal(applyEdits(text, edits), text.replace('8080', '5201'));
    });
  }

  it('reads hostile texts in time', () => {
    const pieces = [
      'a = """',
      'a=[',
      '[[',
      '"""\\',
      'a=\\\\\\',
      '{a=',
      ' : ',
      '\u0000\ud800',
      '[a]\n',
      'a.',
      "'''",
      '\t;',
    ];
    for (const name of ['a.toml', 'a.ini', 'a.properties', 'a.json', 'a.yaml']) {
      for (const piece of pieces) {
        for (const end of ['', '\n']) {
          const start = cpuMilliseconds();
          read(name, (piece + end).repeat(20_000));
          const spent = cpuMilliseconds() - start;
          assert(spent < 3000, `${name} ${JSON.stringify(piece + end)} took ${spent} ms`);
        }
      }
    }
  });
});
