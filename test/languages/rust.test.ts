import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { edited, extract, loadGrammars, show, showDefinitions, showListeners } from './programs.ts';

before(() => loadGrammars('rust'));

const head = 'use std::{env, net::{SocketAddr, Ipv4Addr}};\nuse tokio::net::TcpListener;\n';

function shown(expression: string): string {
  const { definitions } = extract('.rs', `${head}fn main() {\nlet x = ${expression};\n}\n`);
  const value = definitions.find(({ name }) => name === 'x')?.value;
  return value === undefined || value.kind === 'function' || value.kind === 'class' ? '' : show(value);
}

describe('Rust expressions', () => {
  for (const [text, expected] of [
    ['"a"', '"a"'],
    ['r#"a"b"#', '"a\\"b"'],
    ['8_080u16', '8080'],
    ['env::var("PORT").unwrap()', '$PORT'],
    ['env::var("PORT").unwrap_or_else(|_| "80".to_string())', '($PORT ?? "80")'],
    ['env::var("PORT").ok().and_then(|p| p.parse().ok()).unwrap_or(80)', '($PORT ?? 80)'],
    ['env::var("PORT").map(|p| format!("0.0.0.0:{p}")).unwrap()', 'concat("0.0.0.0:", $PORT)'],
    ['match env::var("PORT") { Ok(v) => v, Err(_) => "80".into() }', '($PORT ?? "80")'],
    ['match env::var("PORT") { Ok(v) => v, Err(_) => panic!("no") }', '$PORT'],
    ['if let Ok(v) = env::var("PORT") { v } else { String::from("80") }', '($PORT ?? "80")'],
    ['format!("{}:{}", config.host, 80)', 'concat(config.host, ":", 80)'],
    ['format!("{0}{name}", host, name = port)', 'concat(host, port)'],
    ['format!("{:>5}", port)', '?'],
    ['SocketAddr::from(([0, 0, 0, 0], 80))', 'concat("0.0.0.0", ":", 80)'],
    ['SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), port)', 'concat("0.0.0.0", ":", port)'],
    ['(Ipv4Addr::new(127, 0, 0, 1), 80)', 'concat("127.0.0.1", ":", 80)'],
    ['("::", 80)', 'concat("[::]", ":", 80)'],
    ['config::load()?', 'config.load()'],
    ['Settings { port: 80, host }', 'Settings(port=80, host=host)'],
    ['option_env!("PORT")', '?'],
  ] as const) {
    it(text, () => assert.equal(shown(text), expected));
  }
});

describe('Rust programs', () => {
  it('define methods under their type, and fields that read argv', () => {
    const text =
      'struct Args {\n#[arg(short, long, env = "PORT", default_value_t = 80)]\nport: u16,\n}\nimpl Args {\nfn new() -> Self {\nSelf { port: 1 }\n}\n}\n';
    assert.deepEqual(showDefinitions(extract('.rs', text).definitions), [
      'Args = class() {port: argv.option("--port", "-p", default=$PORT|80)}',
      '[Args] new = () => [Args(port=1)]',
    ]);
  });

  it('import what they use', () => {
    const { imports } = extract('.rs', 'mod config;\npub use crate::config::Settings;\nuse axum::*;\n');
    assert.deepEqual(
      imports.slice(2).map(({ module, name, local, private: own }) => [module, name, local, own === true]),
      [
        ['mod config', undefined, 'config', false],
        ['crate::config', 'Settings', 'Settings', false],
        ['axum', '*', '*', true],
      ],
    );
  });

  it('listen', () => {
    const text =
      'async fn main() {\nlet l = TcpListener::bind("0.0.0.0:80").await;\nHttpServer::new(|| App::new()).workers(2).bind(("127.0.0.1", 81))?.run();\nsqlx::query("q").bind(82);\n#[cfg(test)]\nmod tests {\nfn t() { TcpListener::bind("127.0.0.1:0"); }\n}\n}\n';
    assert.deepEqual(showListeners(extract('.rs', head + text)), [
      'tcp.bind address "0.0.0.0:80"',
      'actix.bind address concat("127.0.0.1", ":", 81)',
    ]);
  });

  it('are edited in their own spelling', () => {
    const text = 'const A: u16 = 80u16;\nconst B: &str = "0.0.0.0:80";\n';
    const edit = (start: number, length: number, value: number) => {
      const at = { uri: 'file:///app/main.rs', span: { start, end: start + length } };
      return edited('.rs', text, { kind: 'replace', at, value });
    };
    assert.equal(edit(text.indexOf('80u16'), 5, 81), text.replace('80u16', '81u16'));
    assert.equal(edit(text.lastIndexOf('80'), 2, 81), text.replace(':80"', ':81"'));
  });
});

const whole = `${head}mod config;\n#[derive(Parser)]\nstruct Args {\n#[arg(long, default_value = "80")]\nport: String,\n}\nimpl Args { fn a(&self) -> String { format!("🚀 {}:{port}", self.host, port = 1) } }\nlazy_static! { static ref P: u16 = env::var("P").unwrap().parse().unwrap(); }\n#[tokio::main]\nasync fn main() -> Result<(), E> {\nlet x = match env::var("A") { Ok(v) if v == "b" => v, _ => return Err(1) };\nTcpListener::bind(&("0.0.0.0", 80)).await?;\nOk(())\n}\n`;

describe('Rust programs that are broken', () => {
  it('cut anywhere', () => {
    for (let end = 0; end < whole.length; end += 4) {
      assert.doesNotThrow(() => extract('.rs', whole.slice(0, end)), `cut at ${end}`);
      assert.doesNotThrow(() => extract('.rs', whole.slice(end)), `from ${end}`);
    }
  });

  it('nested without end', () => {
    for (const piece of [
      '(',
      '[',
      '{',
      'a.b(',
      'if x {',
      'match x { a => ',
      '|x| ',
      'format!("{}", ',
      'f().',
      '!',
      'a::',
      'x?.',
    ]) {
      assert.doesNotThrow(() => extract('.rs', `fn f() -> A {\nlet x = ${piece.repeat(2_000)}`), piece);
    }
  });

  it('say the same with both line ends', () => {
    assert.deepEqual(
      showListeners(extract('.rs', whole.replaceAll('\n', '\r\n'))),
      showListeners(extract('.rs', whole)),
    );
    assert.equal(extract('.rs', whole).listeners.length, 1);
  });
});
