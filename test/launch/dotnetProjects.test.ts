// Which project a .NET program was built from, and `dotnet run`.

import { test } from 'node:test';
import { plain, program, publish, rows, shop, web, worker } from './dotnetWorkspaces.ts';
import type { Workspace } from './helper.ts';

const solution =
  'Project("{9A19103F}") = "Api", "src\\Api\\Api.csproj", "{1}"\r\nEndProject\r\nProject("{9A19103F}") = "Jobs", "src\\Jobs\\Jobs.csproj", "{2}"\r\nEndProject\r\n';
const many: Workspace = {
  'Shop.sln': solution,
  'src/Api/Api.csproj': web,
  'src/Api/Program.cs': program('builder.WebHost.UseUrls("http://*:5060");'),
  'src/Jobs/Jobs.csproj': worker,
  'src/Jobs/Program.cs': 'Host.CreateDefaultBuilder(args).Build().Run();',
};

test('the project that a program was built from', () =>
  rows([
    ['of a solution', { ...many, Dockerfile: publish('8.0', '', 'Api') }, '5060'],
    ['its neighbor', { ...many, Dockerfile: publish('8.0', '', 'Jobs') }, 'none'],
    [
      'named by the build',
      {
        ...many,
        'Shop.sln': '',
        Dockerfile: publish('8.0', '', 'Api').replace('publish -c', 'publish "src/Api/Api.csproj" -c'),
      },
      '5060',
    ],
    [
      'another name for the program',
      shop(
        plain,
        { 'Shop.csproj': web.replace('<Target', '<AssemblyName>shop-api</AssemblyName><Target') },
        publish('8.0', '', 'shop-api'),
      ),
      '8080',
    ],
    [
      'not in view',
      shop(plain, {}, publish('8.0', '', 'Other')),
      /^unknown: the project that Other\.dll was built from was not found/,
    ],
    ['an executable', shop(plain, {}, publish('8.0').replace('"dotnet", "Shop.dll"', '"./Shop"')), '8080'],
    [
      'F#',
      { Dockerfile: publish('8.0'), 'Shop.fsproj': web, 'Program.fs': 'app.Run()' },
      /^unknown: .*not written in C#/,
    ],
  ]));

const profiles = JSON.stringify({
  profiles: {
    'IIS Express': { commandName: 'IISExpress', environmentVariables: { ASPNETCORE_ENVIRONMENT: 'Development' } },
    Shop: { commandName: 'Project', applicationUrl: 'https://localhost:7001;http://localhost:5070' },
    Public: { commandName: 'Project', applicationUrl: 'http://0.0.0.0:5071' },
  },
});
const run = (command: string) => `FROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /app\nCOPY . .\nCMD ${command}\n`;

test('dotnet run', () =>
  rows([
    ['without a profile', shop(plain, {}, run('dotnet run')), 'localhost:5000'],
    [
      'with a profile',
      shop(plain, { 'Properties/launchSettings.json': profiles }, run('dotnet run')),
      'localhost:7001 localhost:5070',
    ],
    [
      'a profile by name',
      shop(plain, { 'Properties/launchSettings.json': profiles }, run('dotnet run --launch-profile Public')),
      '5071',
    ],
    [
      'the profile left out',
      shop(
        plain,
        { 'Properties/launchSettings.json': profiles },
        run('dotnet run --no-launch-profile --urls http://*:5072'),
      ),
      '5072',
    ],
    ['a published program has no profile', shop(plain, { 'Properties/launchSettings.json': profiles }), '8080'],
    ['a project by path', { ...many, Dockerfile: run('["dotnet", "run", "--project", "src/Api"]') }, '5060'],
    ['watched', { ...many, Dockerfile: run('dotnet watch --project src/Api/Api.csproj run') }, '5060'],
    ['tests', shop(plain, {}, run('dotnet test')), 'none'],
  ]));
