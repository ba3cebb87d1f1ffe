// Programs for the examples of `health-check-path-unserved`: one of each family of web frameworks, listening on 8080.
// `served` and `health` stand for the path that it answers; marks may be put into them.

export function flaskExample(served: string): string {
  return `--- Dockerfile
FROM python:3.13-slim
WORKDIR /app
RUN pip install flask
COPY app.py .
CMD ["python", "app.py"]
--- app.py
from flask import Flask

app = Flask(__name__)


@app.route("${served}")
def health():
    return "ok"


app.run(host="0.0.0.0", port=8080)
`;
}

/** Django sends requests without the slash at the end to the path with it. */
export function djangoExample(served: string): string {
  return `--- Dockerfile
FROM python:3.13-slim
WORKDIR /app
COPY . .
CMD ["gunicorn", "shop.wsgi", "--bind", "0.0.0.0:8080"]
--- shop/__init__.py
--- shop/wsgi.py
import os
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
application = get_wsgi_application()
--- shop/settings.py
ROOT_URLCONF = "shop.urls"
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
--- shop/urls.py
from django.urls import path
from shop import views

urlpatterns = [path("${served}", views.health)]
--- shop/views.py
from django.http import HttpResponse


def health(request):
    return HttpResponse("ok")
`;
}

export function nestExample(setup: string): string {
  return `--- Dockerfile
FROM node:22
WORKDIR /app
COPY . .
RUN npm ci && npm run build
CMD ["node", "dist/main.js"]
--- package.json
{ "name": "web", "scripts": { "build": "nest build" }, "dependencies": { "@nestjs/core": "11.1.0" } }
--- tsconfig.json
{ "compilerOptions": { "outDir": "./dist" } }
--- src/main.ts
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
${setup}  await app.listen(8080);
}
bootstrap();
--- src/app.module.ts
import { Module } from '@nestjs/common';
import { HealthController } from './health.controller';

@Module({ controllers: [HealthController] })
export class AppModule {}
--- src/health.controller.ts
import { Controller, Get } from '@nestjs/common';

@Controller('health')
export class HealthController {
  @Get()
  check() {
    return 'ok';
  }
}
`;
}

export function springExample(settings: string): string {
  return `--- Dockerfile
FROM eclipse-temurin:21-jre
COPY target/web.jar /web.jar
CMD ["java", "-jar", "/web.jar"]
--- pom.xml
<project>
  <artifactId>web</artifactId>
  <dependencies>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-actuator</artifactId></dependency>
  </dependencies>
  <build>
    <finalName>web</finalName>
    <plugins>
      <plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin>
    </plugins>
  </build>
</project>
--- src/main/resources/application.yml
server:
  port: 8080
${settings}--- src/main/java/com/acme/WebApplication.java
package com.acme;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class WebApplication {
  public static void main(String[] arguments) {
    SpringApplication.run(WebApplication.class, arguments);
  }
}
`;
}

export function goExample(body: string): string {
  return `--- Dockerfile
FROM golang:1.24 AS build
WORKDIR /src
COPY . .
RUN go build -o /web .
FROM alpine:3.22
COPY --from=build /web /web
CMD ["/web"]
--- go.mod
module example.com/web
--- main.go
package main

import "github.com/gin-gonic/gin"

func main() {
	router := gin.Default()
${body}	router.Run(":8080")
}

func health(context *gin.Context) {
	context.String(200, "ok")
}
`;
}

export function railsExample(routes: string): string {
  return `--- Dockerfile
FROM ruby:3.4-slim
WORKDIR /app
ENV RAILS_ENV=production
COPY . .
CMD ["bundle", "exec", "puma", "-b", "tcp://0.0.0.0:8080"]
--- config.ru
require_relative "config/environment"
run Rails.application
--- config/environment.rb
require_relative "application"
Rails.application.initialize!
--- config/application.rb
module Web
  class Application < Rails::Application
  end
end
--- config/routes.rb
Rails.application.routes.draw do
${routes}end
`;
}

export function aspnetExample(body: string): string {
  return `--- Dockerfile
FROM mcr.microsoft.com/dotnet/sdk:9.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o /out
FROM mcr.microsoft.com/dotnet/aspnet:9.0
WORKDIR /app
COPY --from=build /out .
ENTRYPOINT ["dotnet", "Web.dll"]
--- Web.csproj
<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net9.0</TargetFramework></PropertyGroup></Project>
--- Program.cs
var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
${body}app.Run();
`;
}
