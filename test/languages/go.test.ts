import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { edited, extract, loadGrammars, show, showDefinitions, showListeners } from './programs.ts';

before(() => loadGrammars('go'));

const head =
  'package main\nimport (\n"os"\n"fmt"\n"net"\n"net/http"\n"strconv"\n"flag"\n"strings"\n"github.com/gin-gonic/gin"\n)\n';

function shown(expression: string): string {
  const { definitions } = extract('.go', `${head}var x = ${expression}\n`);
  const value = definitions[0]?.value;
  return value === undefined || value.kind === 'function' || value.kind === 'class' ? '' : show(value);
}

describe('Go expressions', () => {
  for (const [text, expected] of [
    ['"a\\tb"', '"a\\tb"'],
    ['`a\\b`', '"a\\\\b"'],
    ['8_080', '8080'],
    ['0x1f90', '8080'],
    ['nil', 'null'],
    ['os.Getenv("PORT")', '$PORT'],
    ['":" + port', 'concat(":", port)'],
    ['a + b', '?'],
    ['fmt.Sprintf("%s:%d", host, 80)', 'concat(host, ":", 80)'],
    ['fmt.Sprintf("%05d", port)', '?'],
    ['strconv.Itoa(port)', 'concat(port)'],
    ['net.JoinHostPort(host, "80")', 'concat(host, ":", "80")'],
    ['strings.Join([]string{host, "80"}, ":")', 'concat(host, ":", "80")'],
    ['*port', 'port'],
    ['&Config{Port: "80"}', 'Config(Port="80")'],
    ['map[string]int{"a": 1}', '{a: 1}'],
    ['flag.String("addr", ":80", "")', 'argv.option("-addr", "--addr", default=":80")'],
    ['os.Args[1]', 'argv.positional(1)'],
    ['a == ""', 'not a'],
    ['a != ""', 'not not a'],
    ['a && b', '(a and b)'],
    ['<-channel', '?'],
  ] as const) {
    it(text, () => assert.equal(shown(text), expected));
  }
});

describe('Go programs', () => {
  it('give back what stands between their tests', () => {
    const text =
      'func port(d string) string {\nif v := os.Getenv("PORT"); v != "" {\nreturn v\n}\nswitch d {\ncase "a", "b":\nreturn "1"\n}\nreturn d\n}\n';
    assert.deepEqual(showDefinitions(extract('.go', head + text).definitions), [
      'port = (d) => [(not not v ? v : (((d == "a") or (d == "b")) ? "1" : d))]',
      '[port] v = $PORT',
    ]);
  });

  it('say which names they set for others', () => {
    const { definitions } = extract('.go', `${head}var port string\nfunc init() {\nport = "80"\nlocal := 1\n}\n`);
    assert.deepEqual(
      definitions.map(({ name, outer }) => [name, outer === true]),
      [
        ['init', false],
        ['port', true],
        ['local', false],
      ],
    );
  });

  it('listen by functions and methods', () => {
    const text =
      'func main() {\nr := gin.New()\nr.Run()\nhttp.ListenAndServe(":80", r)\nnet.Listen("unix", "/a")\nlis, _ := net.Listen("tcp", ":81")\nsrv.ListenAndServe()\nworker.Run(ctx)\n}\n';
    assert.deepEqual(showListeners(extract('.go', head + text)), [
      'gin host - port -',
      'net/http address ":80"',
      'net.listen address ":81"',
      'net/http address srv.Addr',
      'go.serve address ctx',
    ]);
  });

  it('are edited in their own spelling', () => {
    const text = 'package main\nvar a, b, c = ":80", 80, `80`\n';
    const at = (start: number, end: number) => ({ uri: 'file:///app/main.go', span: { start, end } });
    const edit = (token: string, value: number, from = 0) => {
      const start = text.indexOf(token, from);
      return edited('.go', text, { kind: 'replace', at: at(start, start + token.length), value });
    };
    assert.equal(edit('80', 81), text.replace(':80', ':81'));
    assert.equal(edit('80', 81, text.indexOf(', 80')), text.replace(', 80', ', 81'));
    assert.equal(edit('80', 81, text.indexOf('`')), text.replace('`80`', '`81`'));
  });
});

const whole = `${head}type Config struct {\nPort string \`env:"PORT" envDefault:"80"\`\nInner struct{ A, B int }\n*Base\n}\nfunc (c *Config) Addr() (addr string, err error) {\nif p, err := strconv.Atoi(c.Port); err == nil {\nreturn fmt.Sprintf(":%d", p), nil\n} else if c == nil {\nreturn\n}\nfor {\nselect {\ncase <-x:\nreturn\n}\n}\n}\nfunc main() {\nflag.StringVar(&port, "port", "🚀", "")\nlog.Fatal(http.ListenAndServe(":80", nil))\n}\n`;

describe('Go programs that are broken', () => {
  it('cut anywhere', () => {
    for (let end = 0; end < whole.length; end += 4) {
      assert.doesNotThrow(() => extract('.go', whole.slice(0, end)), `cut at ${end}`);
      assert.doesNotThrow(() => extract('.go', whole.slice(end)), `from ${end}`);
    }
  });

  it('nested without end', () => {
    for (const piece of [
      '(',
      '[]T{{',
      'a.b(',
      'if x {\n',
      'func() {',
      '"a" + ',
      'f().',
      '!',
      'struct {',
      'switch {\ncase ',
    ]) {
      assert.doesNotThrow(() => extract('.go', `package a\nvar x = ${piece.repeat(2_000)}`), piece);
      assert.doesNotThrow(() => extract('.go', `package a\nfunc f() int {\n${piece.repeat(2_000)}`), piece);
    }
  });

  it('say the same with both line ends', () => {
    assert.deepEqual(
      showListeners(extract('.go', whole.replaceAll('\n', '\r\n'))),
      showListeners(extract('.go', whole)),
    );
    assert.equal(extract('.go', whole).listeners.length, 1);
  });
});
