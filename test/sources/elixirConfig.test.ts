import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { factOf } from '../../server/src/facts/fileFacts.ts';
import { elixirConfig } from '../../server/src/sources/elixirConfig.ts';
import { show, showListeners, showScope } from '../languages/programs.ts';

function read(text: string) {
  const program = factOf(elixirConfig.extract({ uri: 'file:///app/config/runtime.exs', text }), 'program');
  assert.ok(program);
  return program;
}

describe('configuration of Phoenix', () => {
  it('claims the scripts of the configuration only', () => {
    assert.equal(elixirConfig.claims('file:///app/config/runtime.exs'), 'yes');
    assert.equal(elixirConfig.claims('file:///app/test/shop_test.exs'), 'no');
  });

  for (const [text, expected] of [
    ['x = 4_000', '4000'],
    ['x = "a#b" # comment', '?'],
    ['x = "a" # "b"', '"a"'],
    ['x = System.get_env("A") || "b"', '($A or "b")'],
    ['x =\n  System.get_env("A") ||\n    "b"\n', '($A or "b")'],
    ['x = String.to_integer(System.get_env("A", "1"))', 'int($A|1)'.replace('|1', '|"1"')],
    ['x = (System.get_env("A") || "1") |> String.to_integer()', 'int(($A or "1"))'],
    ['x = System.fetch_env!("A")', '$A'],
    ['x = Shop.port()', '?'],
    ['x = 1 + 2', '?'],
    ['x = """\n  1\n"""', '?'],
  ] as const) {
    it(`value: ${JSON.stringify(text)}`, () => {
      const [definition] = read(text).definitions;
      assert.ok(definition && definition.value.kind !== 'function' && definition.value.kind !== 'class');
      assert.equal(show(definition.value), expected);
    });
  }

  it('knows the endpoint and the condition it stands under', () => {
    const program = read(
      'if config_env() == :prod do\n  config :shop, Web,\n    url: [port: 443],\n    http: [port: 80, ip: {127, 0, 0, 1}]\nelse\n  config :shop, Web, http: [port: 81]\nend\n# http: [port: 82]\n',
    );
    assert.deepEqual(showListeners(program), [
      'phoenix.endpoint host "127.0.0.1" port 80',
      'phoenix.endpoint host - port 81',
    ]);
    assert.deepEqual(
      program.listeners.map(({ scope }) => showScope(scope)),
      ['if ($MIX_ENV|"prod" == "prod")', 'unless ($MIX_ENV|"prod" == "prod")'],
    );
  });

  it('takes any text in bounded time', () => {
    const whole = 'if x do\n http: [ip: {0,0}, port: "#{a}" || (b)]\n"""\nend\n';
    for (let end = 0; end < whole.length; end++)
      assert.doesNotThrow(() => read(whole.slice(end) + whole.slice(0, end)));
    for (const piece of ['http: [\n', '\\"', '"', '"""', 'x = (', 'a || ', 'if ', ' ', '{[(', 'do\n', 'x =\n']) {
      const text = piece.repeat(Math.floor(250_000 / piece.length));
      assert.doesNotThrow(() => read(text), piece);
      assert.doesNotThrow(() => read(`x = ${text}`), piece);
    }
  });
});
