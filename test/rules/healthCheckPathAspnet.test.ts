// Which paths ASP.NET Core programs serve.

import { type Row, testServed } from './servedPaths.ts';

const aspnet = (body: string, files = ''): string => `--- Dockerfile
FROM mcr.microsoft.com/dotnet/sdk:9.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o /out
FROM mcr.microsoft.com/dotnet/aspnet:9.0
RUN apt-get update && apt-get install -y wget
WORKDIR /app
COPY --from=build /out .
ENTRYPOINT ["dotnet", "Web.dll"]
--- Web.csproj
<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net9.0</TargetFramework></PropertyGroup></Project>
--- Program.cs
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddControllers();
var app = builder.Build();
app.UseHttpsRedirection();
app.UseAuthorization();
${body}
app.Run();
${files}`;

const controller = (attributes: string, body: string): string => `--- Controllers/StatusController.cs
using Microsoft.AspNetCore.Mvc;
namespace Web.Controllers;
${attributes}
public class StatusController : ControllerBase
{
${body}
}
`;

const rows: readonly Row[] = [
  {
    name: 'ASP.NET: mapped paths and groups',
    files: aspnet(
      'app.MapGet("/", () => "x").WithName("root");\nvar api = app.MapGroup("/api").RequireAuthorization();\napi.MapGet("/items/{id:int}", (int id) => id);\napp.MapHealthChecks("/healthz");',
    ),
    unserved: ['/health', '/items/1', '/api'],
    served: ['/', '/api/items/1', '/healthz'],
  },
  {
    name: 'ASP.NET: controllers',
    files:
      aspnet('app.MapControllers();') +
      controller(
        '[ApiController]\n[Route("api/[controller]")]',
        '  [HttpGet]\n  public string Get() => "";\n  [HttpGet("live/{id?}")]\n  public string Live() => "";\n  [HttpGet("/ping")]\n  public string Ping() => "";',
      ),
    unserved: ['/', '/health', '/status', '/live'],
    served: ['/api/status', '/api/Status', '/api/status/live', '/api/status/live/1', '/ping'],
  },
  {
    name: 'ASP.NET: names of actions',
    files:
      aspnet('app.MapControllers();') +
      controller('[Route("[controller]/[action]")]', '  public string Ready() => "";'),
    unserved: ['/', '/status'],
    served: ['/status/ready'],
  },
  {
    name: 'ASP.NET: a base class of its own',
    files:
      aspnet('app.MapControllers();') +
      controller('', '  [HttpGet("up")]\n  public string Up() => "";').replace(': ControllerBase', ': ApiBase'),
    unserved: ['/'],
    served: ['/api/status/up'],
  },
  {
    name: 'ASP.NET: endpoints of an extension method',
    files: aspnet(
      'app.MapStatus();',
      '--- StatusEndpoints.cs\npublic static class StatusEndpoints\n{\n  public static void MapStatus(this IEndpointRouteBuilder routes)\n  {\n    routes.MapGet("/up", () => "ok");\n  }\n}\n',
    ),
    unserved: ['/', '/health'],
    served: ['/up', '/x/up'],
  },
  {
    name: 'ASP.NET: endpoints of a library',
    files: aspnet('app.MapGet("/", () => "x");\napp.MapCarter();'),
    served: ['/health'],
  },
  {
    name: 'ASP.NET: a page for whatever is missing',
    files: aspnet('app.MapGet("/x", () => "x");\napp.MapFallbackToFile("index.html");'),
    served: ['/health'],
  },
  {
    name: 'ASP.NET: conventional routes',
    files:
      aspnet('app.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}");') +
      controller('', '  public string Get() => "";'),
    served: ['/', '/health'],
  },
  {
    name: 'ASP.NET: Swagger at the root',
    files: aspnet(
      'app.UseSwagger();\napp.UseSwaggerUI(c => { c.RoutePrefix = string.Empty; });\napp.MapGet("/x", () => "x");',
    ),
    unserved: ['/health'],
    served: ['/', '/swagger/v1/swagger.json', '/x'],
  },
  {
    name: 'ASP.NET: Swagger at its own path',
    files: aspnet('app.UseSwagger();\napp.UseSwaggerUI();\napp.MapGet("/x", () => "x");'),
    unserved: ['/', '/health'],
    served: ['/swagger/index.html'],
  },
  {
    name: 'ASP.NET: a path base',
    files: aspnet('app.UsePathBase("/shop");\napp.MapGet("/x", () => "x");'),
    unserved: ['/health'],
    served: ['/x', '/shop/x'],
  },
  {
    name: 'ASP.NET: middleware that answers',
    files: aspnet('app.MapGet("/x", () => "x");\napp.UseMiddleware<HealthProbe>();'),
    served: ['/health'],
  },
  {
    name: 'ASP.NET: middleware that hands on',
    files: aspnet(
      'app.MapGet("/x", () => "x");\napp.UseMiddleware<ExceptionMiddleware>();\napp.Use(async (context, next) => { if (context.Request.Path == "/up") return; await next(context); });',
    ),
    unserved: ['/health'],
    served: ['/up'],
  },
  {
    name: 'ASP.NET: a start-up class',
    files:
      aspnet('', '').replace(
        /var builder[\s\S]*app\.Run\(\);/,
        'Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>()).Build().Run();',
      ) +
      '--- Startup.cs\npublic class Startup\n{\n  public void Configure(IApplicationBuilder app, IWebHostEnvironment env)\n  {\n    app.UseRouting();\n    app.UseEndpoints(endpoints => { endpoints.MapControllers(); endpoints.MapHealthChecks("/hc"); });\n  }\n}\n',
    unserved: ['/', '/health'],
    served: ['/hc'],
  },
];

testServed(rows);
