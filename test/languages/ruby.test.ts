import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { edited, extract, loadGrammars, show, showDefinitions, showListeners, showScope } from './programs.ts';

before(() => loadGrammars('ruby'));

const listening: readonly (readonly [text: string, ...listeners: readonly string[]])[] = [
  ["TCPServer.new('0.0.0.0', 80)", 'ruby.tcpServer host "0.0.0.0" port 80'],
  ['TCPServer.open(2000)', 'ruby.tcpServer host - port 2000'],
  ['WEBrick::HTTPServer.new(:Port => 8000, BindAddress: "::")', 'webrick.server host "::" port 8000'],
  ['Rack::Handler::WEBrick.run(app, Port: 80)', 'rack.handler host - port 80'],
  ['Rackup::Server.start(app: app, Port: 81, Host: "a")', 'rack.handler host "a" port 81'],
  ['server.add_http2_port("0.0.0.0:50051", :this_port_is_insecure)', 'grpc.ruby address "0.0.0.0:50051"'],
  ['EM.start_server "0.0.0.0", 8081, Echo', 'eventmachine.server host "0.0.0.0" port 8081'],
  ['Thing.start(Port: 80)'],
  ['thread.run'],
  ['App.run! port: 80', 'sinatra.run host settings.bind port 80'],
  [
    "require 'sinatra'",
    'sinatra.run host argv.option("-o", default=settings.bind) port argv.option("-p", default=settings.port)',
  ],
  ["require 'sinatra'\nset :run, false"],
  ["require 'sinatra/base'"],
];

const values: readonly (readonly [text: string, value: string])[] = [
  ["'a'", '"a"'],
  ['""', '""'],
  ['"tcp://0.0.0.0:#{port}"', 'concat("tcp://0.0.0.0:", port)'],
  ['3_000', '3000'],
  [':production', '"production"'],
  ["ENV['PORT'] || 3000", '($PORT or 3000)'],
  ["ENV.fetch('PORT', 3000).to_i", 'int($PORT|3000)'],
  ["ENV.fetch('PORT') { 3000 }", '$PORT|3000'],
  ["Integer(ENV.fetch('PORT'))", 'int($PORT)'],
  ['Rails.env.production?', '($RAILS_ENV|$RACK_ENV|"development" == "production")'],
  ["ENV['A'].nil? ? 1 : 2", '(not $A ? 1 : 2)'],
  ["config['server']['port']", 'config.server.port'],
  ["{ port: 80, 'host' => 'a' }", '{port: 80, host: "a"}'],
  ['[1, two]', '[1, two]'],
  ['A::PORT', 'A.PORT'],
  ["'a' + b.to_s", 'concat("a", str(b))'],
  ['1 + 2', '?'],
];

describe('Ruby', () => {
  for (const [text, ...listeners] of listening) {
    it(`listens: ${text}`, () => assert.deepEqual(showListeners(extract('.rb', text)), listeners));
  }

  for (const [text, value] of values) {
    it(`value: ${text}`, () => {
      const [definition] = extract('.rb', `x = ${text}`).definitions;
      assert.ok(definition && definition.value.kind !== 'function' && definition.value.kind !== 'class');
      assert.equal(show(definition.value), value);
    });
  }

  it('knows methods, classes, what is required and what the environment gets', () => {
    const program = extract(
      '.rb',
      "require 'json'\nrequire_relative 'lib/a'\nENV['PORT'] ||= '80'\nclass A < B\n  def go(x, y = 2)\n    return 1 if x\n    y\n  end\nend\nA.new.go(5)\n",
    );
    assert.deepEqual(showDefinitions(program.definitions), ['A = class(B) {}', '[A] go = (x, y=2) => [1, y]']);
    assert.deepEqual(
      program.imports.map(({ module, quiet }) => [module, quiet]),
      [
        ['json', true],
        ['./lib/a', true],
      ],
    );
    assert.deepEqual(
      program.environmentWrites.map(({ name }) => name),
      ['PORT'],
    );
  });

  it('tells under which condition code runs', () => {
    const program = extract(
      '.rb',
      'port 1 if ENV["A"]\nunless ENV["B"]\n  port 2\nend\nif __FILE__ == $0\n  port 3\nend\nport 4 while x\n',
    );
    assert.deepEqual(
      program.calls.map(({ scope }) => showScope(scope)),
      ['if $A', 'unless $B', 'main', 'if ?'],
    );
  });

  it('changes numbers and parts of texts', () => {
    for (const [text, part, expected] of [
      ['port 3000', '3000', 'port 8080'],
      ["bind 'tcp://0.0.0.0:3000'", '3000', "bind 'tcp://0.0.0.0:8080'"],
      ['bind "tcp://a:#{port}"', 'port}', 'bind "tcp://a:#{port}"'],
    ] as const) {
      const start = text.indexOf(part);
      const at = { uri: 'file:///app/main.rb', span: { start, end: start + part.length } };
      assert.equal(edited('.rb', text, { kind: 'replace', at, value: 8080 }), expected);
    }
  });
});

const whole = `# 🚀
require 'sinatra'
set :port, ENV.fetch('PORT') { 3000 }
class A < Sinatra::Base
  def self.go(a, b: 2) = run!(port: a)
  configure :production do set port: 80 end
end
bind "tcp://0.0.0.0:#{ENV.fetch('PORT', 3000)}" unless x == %w[a b]
case y when 1 then port 5 end
`;

describe('broken Ruby', () => {
  it('never throws', () => {
    for (let at = 0; at < whole.length; at += 3) {
      assert.doesNotThrow(() => extract('.rb', whole.slice(0, at)));
      assert.doesNotThrow(() => extract('.rb', whole.slice(0, at) + whole.slice(at + 2)));
    }
    for (const piece of ['(', 'a.b(', '"#{', 'x || ', '"a" + ', 'class A; ', 'do ', 'f.', '%w[', '!', 'if x\n']) {
      assert.doesNotThrow(() => extract('.rb', piece.repeat(2_000)), piece);
    }
  });

  it('places count UTF-16 units', () => {
    const [port] = extract('.rb', whole)
      .definitions.filter(({ name }) => name === 'settings.port')
      .slice(1);
    assert.ok(port);
    assert.equal(whole.slice(port.at.span.start, port.at.span.end), "ENV.fetch('PORT') { 3000 }");
  });
});
