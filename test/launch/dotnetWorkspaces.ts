// Small .NET workspaces for tests.

import type { Workspace } from './helper.ts';
import type { Row } from './rows.ts';
import { assertRows } from './rows.ts';

export const publish = (
  version: string,
  rest = '',
  name = 'Shop',
) => `FROM mcr.microsoft.com/dotnet/sdk:${version} AS build
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o /app/publish

FROM mcr.microsoft.com/dotnet/aspnet:${version}
WORKDIR /app
COPY --from=build /app/publish .
${rest}
ENTRYPOINT ["dotnet", "${name}.dll"]
`;
export const web =
  '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>';
export const program = (lines: string, end = 'app.Run();') =>
  `var builder = WebApplication.CreateBuilder(args);\n${lines}\nvar app = builder.Build();\n${end}\n`;

export function shop(code: string, more: Workspace = {}, dockerfile = publish('8.0')): Workspace {
  return { Dockerfile: dockerfile, 'Shop.csproj': web, 'Program.cs': code, ...more };
}

export const plain = program('');

export function rows(
  table: readonly (readonly [name: string, files: Workspace, listens: Row['listens'], more?: Partial<Row>])[],
) {
  return assertRows(table.map(([name, files, listens, more]) => ({ name, files, listens, ...more })));
}

export const worker =
  '<Project Sdk="Microsoft.NET.Sdk.Worker"><ItemGroup><PackageReference Include="AWSSDK.SQS" Version="3" /></ItemGroup></Project>';
