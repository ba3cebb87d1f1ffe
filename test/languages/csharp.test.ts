import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { edited, extract, loadGrammars, show, showDefinitions, showListeners, showScope } from './programs.ts';

before(() => loadGrammars('c-sharp'));

const listening: readonly (readonly [text: string, ...listeners: readonly string[]])[] = [
  ['var builder = WebApplication.CreateBuilder(args);', 'aspnet.host host - port -'],
  [
    'builder.WebHost.UseUrls("http://*:5000", $"http://*:{port}");',
    'aspnet.useUrls address "http://*:5000"',
    'aspnet.useUrls address concat("http://*:", port)',
  ],
  ['app.Run("http://0.0.0.0:80");', 'aspnet.appUrls address "http://0.0.0.0:80"'],
  ['await app.RunAsync(url);', 'aspnet.appUrls address url'],
  ['app.Run();'],
  ['app.Run(async context => { await context.Response.WriteAsync("x"); });'],
  ['app.Urls.Add("http://+:1");', 'aspnet.appUrls address "http://+:1"'],
  ['list.Add("http://+:1");'],
  ['options.ListenAnyIP(5_000, o => o.UseHttps());', 'kestrel.listenAnyIP host - port 5000'],
  ['options.Listen(IPAddress.Parse("10.0.0.1"), 0x50);', 'kestrel.listen host "10.0.0.1" port 80'],
  ['options.Listen(new IPEndPoint(IPAddress.IPv6Any, 81));', 'kestrel.listen host "::" port 81'],
  ['builder.UseSetting(WebHostDefaults.ServerUrlsKey, "http://*:82");', 'aspnet.useUrls address "http://*:82"'],
  ['new TcpListener(IPAddress.Any, int.Parse(args[0]));', 'dotnet.tcpListener host "0.0.0.0" port int(args[0])'],
];

const values: readonly (readonly [text: string, value: string])[] = [
  ['"a\\"b"', '"a\\"b"'],
  ['@"C:\\x ""y"""', '"C:\\\\x \\"y\\""'],
  ['""', '""'],
  ['5_000', '5000'],
  ['80u', '80'],
  ['Environment.GetEnvironmentVariable("PORT") ?? "80"', '($PORT ?? "80")'],
  ['Convert.ToInt32(Environment.GetEnvironmentVariable("PORT"))', 'int($PORT)'],
  ['string.IsNullOrEmpty(port) ? "80" : port', '(not port ? "80" : port)'],
  ['string.Format("http://{0}:{1}", host, 80)', 'concat("http://", host, ":", 80)'],
  ['"http://*:" + port', 'concat("http://*:", port)'],
  ['first + second', '?'],
  ['$"http://*:{port:D4}"', '?'],
  ['builder.Configuration["Server:Port"]', 'Configuration.GetValue("Server:Port")'],
  [
    'config.GetSection("Server").GetValue<int>("Port", 80)',
    'Configuration.GetValue(concat("Server", ":", "Port"), 80)',
  ],
  ['Configuration.GetSection("Port").Value', 'Configuration.GetValue("Port")'],
  ['(string)value!', 'value'],
  ['env.IsDevelopment()', '($ASPNETCORE_ENVIRONMENT|$DOTNET_ENVIRONMENT|"Production" == "Development")'],
  ['settings.Port', 'settings.Port'],
];

describe('C#', () => {
  for (const [text, ...listeners] of listening) {
    it(`listens: ${text}`, () => assert.deepEqual(showListeners(extract('.cs', text)), listeners));
  }

  for (const [text, value] of values) {
    it(`value: ${text}`, () => {
      const [definition] = extract('.cs', `var x = ${text};`).definitions;
      assert.ok(definition && definition.value.kind !== 'function' && definition.value.kind !== 'class');
      assert.equal(show(definition.value), value);
    });
  }

  it('knows classes, their members and what starts the program', () => {
    const program = extract(
      '.cs',
      `namespace Shop;
using Shop.Hosting;
using Alias = Shop.Hosting.Ports;
public class Program {
  private const int Port = 80;
  public static string Url => $"http://*:{Port}";
  static string Get(string name, string fallback = "x") { if (name == "a") return fallback; return name; }
  public static void Main(string[] args) { Environment.SetEnvironmentVariable("A", "b"); Serve(); }
}`,
    );
    assert.deepEqual(showDefinitions(program.definitions), [
      'Program = class() {Port: 80, Url: concat("http://*:", Port)}',
      '[Program] Port = 80',
      '[Program] Get = (name, fallback="x") => [fallback, name]',
      '[Program] Main = (args) => []',
    ]);
    assert.deepEqual(
      program.calls.map(({ callee, scope }) => `${showScope(scope)}: ${callee}`),
      ['main: Program.Main', 'Program.Main: Serve'],
    );
    assert.deepEqual(
      program.imports.map(({ module, name, local }) => [module, name, local]),
      [
        ['.', '*', '*'],
        ['Shop.Hosting', '*', '*'],
        ['Shop.Hosting', 'Ports', 'Alias'],
      ],
    );
    assert.deepEqual(
      program.environmentWrites.map(({ name }) => name),
      ['A'],
    );
  });

  it('tells under which condition code runs', () => {
    const program = extract(
      '.cs',
      'if (int.TryParse(text, out var port)) options.ListenAnyIP(port); else options.ListenAnyIP(1);',
    );
    assert.deepEqual(
      program.listeners.map(({ scope }) => showScope(scope)),
      ['if (text != null)', 'unless (text != null)'],
    );
    assert.deepEqual(showDefinitions(program.definitions), ['port = int(text)']);
  });

  it('changes numbers and parts of texts', () => {
    const at = (text: string, part: string) => {
      const start = text.indexOf(part);
      return { uri: 'file:///app/main.cs', span: { start, end: start + part.length } };
    };
    for (const [text, part, value, expected] of [
      ['o.ListenAnyIP(5000);', '5000', 8080, 'o.ListenAnyIP(8080);'],
      ['app.Run("http://*:5000");', '5000', 8080, 'app.Run("http://*:8080");'],
      ['app.Run($"http://*:5000/{x}");', '5000', 8080, 'app.Run($"http://*:8080/{x}");'],
      ['app.Run($"http://*:{port}");', 'port', 8080, 'app.Run($"http://*:{port}");'],
    ] as const) {
      assert.equal(edited('.cs', text, { kind: 'replace', at: at(text, part), value }), expected);
    }
  });
});

const whole = `using A; // 🚀
var port = Environment.GetEnvironmentVariable("PORT") ?? $"{1 + 2:D}";
class P : Q<R> { int X { get; set; } = 5; static void Main(string[] args) => Host.Run(o => { o.Listen(IPAddress.Any, 80); }); }
app.Run("http://*:5000"); new Server { Ports = { new ServerPort("a", 1, c) } };
`;

describe('broken C#', () => {
  it('never throws', () => {
    for (let at = 0; at < whole.length; at += 3) {
      assert.doesNotThrow(() => extract('.cs', whole.slice(0, at)));
      assert.doesNotThrow(() => extract('.cs', whole.slice(0, at) + whole.slice(at + 2)));
    }
    for (const piece of ['(', 'a.b(', '$"{', 'x ?? ', '"a" + ', 'class A {', 'new {', 'f().', '@"', '!']) {
      assert.doesNotThrow(() => extract('.cs', piece.repeat(2_000)), piece);
    }
  });

  it('places count UTF-16 units', () => {
    const program = extract('.cs', whole);
    const [address] = program.listeners.flatMap(({ address }) => address ?? []);
    assert.ok(address);
    assert.equal(whole.slice(address.at.span.start, address.at.span.end), 'http://*:5000');
  });
});
