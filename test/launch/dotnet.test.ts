// What .NET programs listen on: base images, addresses in code and in settings.

import { test } from 'node:test';
import { plain, program, publish, rows, shop, worker } from './dotnetWorkspaces.ts';

test('the base image names the port', () =>
  rows([
    [
      '8 and later',
      shop(plain),
      '8080',
      { steps: ['ENTRYPOINT ["dotnet", "Shop.dll"]', 'Program.cs', 'the base image sets ASPNETCORE_HTTP_PORTS=8080'] },
    ],
    ['7 and earlier', shop(plain, {}, publish('7.0')), '80', { steps: ['ASPNETCORE_URLS=http://+:80'] }],
    [
      'the SDK image names none',
      shop(
        plain,
        {},
        'FROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /app\nCOPY . .\nRUN dotnet publish -o out\nCMD ["dotnet", "out/Shop.dll"]',
      ),
      'localhost:5000',
    ],
  ]));

test('addresses in variables, arguments and settings', () =>
  rows([
    [
      'ASPNETCORE_URLS',
      shop(plain, {}, publish('8.0', 'ENV ASPNETCORE_URLS=http://+:5005')),
      '5005',
      { at: 'Dockerfile:5005' },
    ],
    [
      'several addresses',
      shop(plain, {}, publish('8.0', 'ENV ASPNETCORE_URLS="http://+:80;https://localhost:443"')),
      '80 localhost:443',
    ],
    ['DOTNET_URLS', shop(plain, {}, publish('8.0', 'ENV DOTNET_URLS=http://*:7000')), '7000'],
    [
      'ports alone',
      shop(plain, {}, publish('8.0', 'ENV ASPNETCORE_HTTP_PORTS=9000')),
      '9000',
      { at: 'Dockerfile:9000' },
    ],
    [
      'the task definition',
      shop(plain),
      '4000',
      { task: { environment: [{ name: 'ASPNETCORE_HTTP_PORTS', value: '4000' }] }, at: 'task.json:4000' },
    ],
    [
      'addresses beat ports',
      shop(plain),
      '4001',
      { task: { environment: [{ name: 'ASPNETCORE_URLS', value: 'http://0.0.0.0:4001' }] } },
    ],
    [
      'an argument',
      shop(plain, {}, publish('8.0').replace('Shop.dll"', 'Shop.dll", "--urls", "http://0.0.0.0:6000"')),
      '6000',
      { at: 'Dockerfile:6000' },
    ],
    [
      'appsettings beat the variables of the host',
      shop(plain, { 'appsettings.json': '{"Urls": "http://*:5010"}' }),
      '5010',
      { at: 'appsettings.json:5010' },
    ],
    [
      'settings of the environment',
      shop(plain, {
        'appsettings.json': '{"urls": "http://*:1"}',
        'appsettings.Production.json': '{"urls": "http://*:5011"}',
      }),
      '5011',
    ],
    [
      'another environment',
      shop(plain, {
        'appsettings.json': '{"urls": "http://*:5012"}',
        'appsettings.Production.json': '{"urls": "http://*:1"}',
      }),
      '5012',
      { task: { environment: [{ name: 'ASPNETCORE_ENVIRONMENT', value: 'Staging' }] } },
    ],
    [
      'endpoints of Kestrel replace addresses',
      shop(plain, {
        'appsettings.json':
          '{"Kestrel": {"Endpoints": {"Web": {"Url": "http://*:5013"}, "Admin": {"Url": "http://localhost:5014"}}}}',
      }),
      '5013 localhost:5014',
      { task: { environment: [{ name: 'ASPNETCORE_URLS', value: 'http://*:1' }] } },
    ],
    [
      'an endpoint in a variable',
      shop(plain),
      '5015',
      { task: { environment: [{ name: 'Kestrel__Endpoints__Http__Url', value: 'http://0.0.0.0:5015' }] } },
    ],
    [
      'a settings file that the program adds',
      shop(program('builder.Configuration.AddJsonFile("hosting.json");'), {
        'hosting.json': '{"urls": "http://*:5016"}',
      }),
      '5016',
    ],
    [
      'an environment that is open',
      shop(plain, { 'appsettings.json': '{}', 'appsettings.Staging.json': '{"urls": "http://*:1"}' }),
      /^unknown: which settings hold depends on ASPNETCORE_ENVIRONMENT/,
      { task: { secrets: [{ name: 'ASPNETCORE_ENVIRONMENT', valueFrom: 'arn:aws:ssm:x' }] } },
    ],
    [
      'a secret is open',
      shop(plain),
      /^unknown: .*secret/,
      { task: { secrets: [{ name: 'ASPNETCORE_URLS', valueFrom: 'arn:aws:ssm:x' }] } },
    ],
    [
      'text that is no address',
      shop(plain),
      'unknown: `8080` names no port for ASP.NET Core',
      { task: { environment: [{ name: 'ASPNETCORE_URLS', value: '8080' }] } },
    ],
  ]));

test('addresses in code', () =>
  rows([
    ['UseUrls', shop(program('builder.WebHost.UseUrls("http://*:5020");')), '5020', { at: 'Program.cs:5020' }],
    [
      'UseUrls twice in one call',
      shop(program('builder.WebHost.UseUrls("http://*:5020", "http://localhost:5021");')),
      '5020 localhost:5021',
    ],
    [
      'an extension method in a folder that nothing names',
      shop(program('builder.ConfigureServer();'), {
        'Infrastructure/Web/ServerExtensions.cs':
          'namespace Shop;\npublic static class ServerExtensions {\n  public static void ConfigureServer(this WebApplicationBuilder builder) {\n    builder.WebHost.ConfigureKestrel(options => options.ListenAnyIP(5031));\n  }\n}\n',
        'Tests/HostBuilder.cs': 'class HostBuilder { void Start() { var l = new TcpListener(IPAddress.Any, 1); } }',
      }),
      '5031',
    ],
    ['Run', shop(program('', 'app.Run("http://0.0.0.0:5022");')), '5022'],
    [
      'a variable with a default',
      shop(
        program(
          'var port = Environment.GetEnvironmentVariable("PORT") ?? "5023";',
          'app.Run($"http://0.0.0.0:{port}");',
        ),
      ),
      '5023',
      { at: 'Program.cs:5023', steps: ['Environment.GetEnvironmentVariable("PORT") ?? "5023"'] },
    ],
    [
      'a variable that is set',
      shop(
        program('var port = Environment.GetEnvironmentVariable("PORT") ?? "1";', 'app.Run("http://0.0.0.0:" + port);'),
      ),
      '5024',
      { task: { environment: [{ name: 'PORT', value: '5024' }] }, at: 'task.json:5024' },
    ],
    ['Urls.Add', shop(program('', 'app.Urls.Add("http://+:5025");\napp.Run();')), '5025'],
    [
      'ListenAnyIP',
      shop(program('builder.WebHost.ConfigureKestrel(options => { options.ListenAnyIP(5026); });')),
      '5026',
      { at: 'Program.cs:5026' },
    ],
    [
      'several endpoints',
      shop(
        program(
          'builder.WebHost.UseKestrel(o => { o.Listen(IPAddress.Any, 5027); o.Listen(IPAddress.Loopback, 5028, l => l.UseHttps()); o.ListenLocalhost(5029); });',
        ),
      ),
      '5027 127.0.0.1:5028 localhost:5029',
    ],
    [
      'a unix socket',
      shop(program('builder.WebHost.ConfigureKestrel(o => o.ListenUnixSocket("/tmp/app.sock"));')),
      'none',
    ],
    [
      'a number that is parsed',
      shop(
        program(
          'var port = int.Parse(Environment.GetEnvironmentVariable("PORT") ?? "5030");\nbuilder.WebHost.ConfigureKestrel(o => o.ListenAnyIP(port));',
        ),
      ),
      '5030',
    ],
    [
      'TryParse',
      shop(
        program(
          'var port = int.TryParse(Environment.GetEnvironmentVariable("PORT"), out var parsed) ? parsed : 5031;\nbuilder.WebHost.ConfigureKestrel(o => o.ListenAnyIP(port));',
        ),
      ),
      '5031',
    ],
    [
      'a setting',
      shop(
        program(
          'builder.WebHost.ConfigureKestrel(o => o.ListenAnyIP(builder.Configuration.GetValue<int>("Server:Port", 1)));',
        ),
        { 'appsettings.json': '{"Server": {"Port": 5032}}' },
      ),
      '5032',
      { at: 'appsettings.json:5032' },
    ],
    [
      'a setting with a default',
      shop(program('', 'app.Run("http://*:" + (builder.Configuration["Port"] ?? "5033"));')),
      '5033',
    ],
    [
      'only in development',
      shop(program('if (builder.Environment.IsDevelopment()) { builder.WebHost.UseUrls("http://localhost:1"); }')),
      '8080',
    ],
    [
      'only elsewhere',
      shop(program('if (!builder.Environment.IsDevelopment()) { builder.WebHost.UseUrls("http://*:5034"); }')),
      '5034',
    ],
    [
      'only where a variable is set',
      shop(
        program(
          'var port = Environment.GetEnvironmentVariable("PORT");\nif (!string.IsNullOrEmpty(port)) builder.WebHost.UseUrls($"http://*:{port}");',
        ),
      ),
      '8080',
    ],
    [
      'a variable that nothing sets',
      shop(program('', 'app.Run("http://*:" + Environment.GetEnvironmentVariable("PORT"));')),
      /^unknown: .*PORT is read from the environment/,
    ],
    [
      'UseUrls against a setting',
      shop(program('builder.WebHost.UseUrls("http://*:1");'), { 'appsettings.json': '{"Urls": "http://*:2"}' }),
      /^unknown: UseUrls/,
    ],
  ]));

const startup = `public class Program
{
    private const string DefaultPort = "5040";
    public static void Main(string[] args)
    {
        CreateHostBuilder(args).Build().Run();
    }
    public static IHostBuilder CreateHostBuilder(string[] args) =>
        Host.CreateDefaultBuilder(args)
            .ConfigureWebHostDefaults(webBuilder =>
            {
                webBuilder.UseStartup<Startup>();
                LINE
            });
}
`;

test('programs with a class', () =>
  rows([
    ['the host of the template', shop(startup.replace('LINE', '')), '8080'],
    ['a constant', shop(startup.replace('LINE', 'webBuilder.UseUrls("http://*:" + DefaultPort);')), '5040'],
    [
      'a helper in another file of the folder',
      shop(program('builder.WebHost.UseUrls(Addresses.Web());'), {
        'Addresses.cs':
          'namespace Shop;\npublic static class Addresses {\n  public static string Web() => $"http://*:{Port}";\n  private const int Port = 5041;\n}',
      }),
      '5041',
    ],
    [
      'an extension method of another folder',
      shop(`using Shop.Hosting;\n${program('builder.AddPorts();')}`, {
        'Hosting/Ports.cs':
          'namespace Shop.Hosting;\npublic static class Ports {\n  public static void AddPorts(this WebApplicationBuilder builder) { builder.WebHost.ConfigureKestrel(o => o.ListenAnyIP(5042)); }\n}',
      }),
      '5042',
    ],
  ]));

const console = '<Project Sdk="Microsoft.NET.Sdk"></Project>';

test('programs without a web server', () =>
  rows([
    [
      'a worker',
      { ...shop('var host = Host.CreateApplicationBuilder(args).Build();\nhost.Run();'), 'Shop.csproj': worker },
      'none',
    ],
    [
      'a library that opens a port',
      { ...shop('var x = 1;'), 'Shop.csproj': worker.replace('AWSSDK.SQS', 'prometheus-net') },
      /^unknown: .*prometheus-net/,
    ],
    [
      'TcpListener',
      {
        ...shop('using System.Net.Sockets;\nvar server = new TcpListener(IPAddress.Any, 5050);\nserver.Start();'),
        'Shop.csproj': console,
      },
      '5050',
    ],
    [
      'HttpListener',
      { ...shop('var l = new HttpListener();\nl.Prefixes.Add("http://+:5051/");\nl.Start();'), 'Shop.csproj': console },
      '5051',
    ],
    [
      'gRPC',
      {
        ...shop('var s = new Server { Ports = { new ServerPort("0.0.0.0", 5052, ServerCredentials.Insecure) } };'),
        'Shop.csproj': console,
      },
      '5052',
    ],
  ]));
