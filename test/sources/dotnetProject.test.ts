import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { factOf } from '../../server/src/facts/fileFacts.ts';
import { dotnetProject } from '../../server/src/sources/dotnetProject.ts';

const extract = (name: string, text: string) => dotnetProject.extract({ uri: `file:///app/${name}`, text });

const project = `<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup><AssemblyName>shop-api</AssemblyName></PropertyGroup>
  <!-- <PackageReference Include="Hidden" /> -->
  <ItemGroup>
    <PackageReference Include="Dapper" Version="2" />
    <FrameworkReference Include="Microsoft.AspNetCore.App" />
    <ProjectReference Include="..\\Core\\Core.csproj" />
  </ItemGroup>
</Project>`;
const solution =
  'Microsoft Visual Studio Solution File\r\nProject("{F}") = "Api", "src\\Api\\Api.csproj", "{1}"\r\nEndProject\r\nProject("{F}") = "docs", "docs", "{2}"\r\n';

describe('projects of .NET', () => {
  it('have an SDK, a name and libraries', () => {
    const fact = factOf(extract('Shop.csproj', project), 'dotnetProject');
    assert.ok(fact);
    assert.deepEqual(
      [fact.sdk, fact.assemblyName, fact.references, fact.projects],
      ['Microsoft.NET.Sdk.Web', 'shop-api', ['Dapper', 'Microsoft.AspNetCore.App'], ['../Core/Core.csproj']],
    );
  });

  it('leave a computed name out', () => {
    const fact = factOf(extract('Shop.csproj', project.replace('shop-api', '$(Company).Api')), 'dotnetProject');
    assert.equal(fact?.assemblyName, undefined);
  });

  it('stand in solutions of both formats', () => {
    assert.deepEqual(factOf(extract('Shop.sln', solution), 'dotnetSolution')?.projects, ['src/Api/Api.csproj']);
    const xml = '<Solution><Folder Name="/src/"><Project Path="src\\Api\\Api.csproj" /></Folder></Solution>';
    assert.deepEqual(factOf(extract('Shop.slnx', xml), 'dotnetSolution')?.projects, ['src/Api/Api.csproj']);
  });

  it('may be broken anywhere', () => {
    for (const [name, text] of [
      ['a.csproj', project],
      ['a.sln', solution],
    ] as const) {
      for (let end = 0; end < text.length; end++) assert.doesNotThrow(() => extract(name, text.slice(0, end)));
    }
    assert.deepEqual(extract('a.csproj', 'not xml').facts, []);
  });
});
