// Which build a Spring Boot archive comes from, and what its main class sets.

import { test } from 'node:test';
import { assertRows } from './rows.ts';

const gradle = `plugins {
  id 'java'
  id 'org.springframework.boot' version '3.3.1'
}
dependencies {
  implementation 'org.springframework.boot:spring-boot-starter-web'
  testImplementation 'org.springframework.boot:spring-boot-starter-test'
}
`;
const jar = 'FROM eclipse-temurin:21-jre\nWORKDIR /app\nCOPY build/libs/*.jar app.jar\n';
const plain = `${jar}ENTRYPOINT ["java", "-jar", "app.jar"]\n`;
const yml = 'src/main/resources/application.yml';

const pom = (artifact: string, rest: string) =>
  `<project>\n<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId></parent>\n<artifactId>${artifact}</artifactId>\n${rest}\n</project>\n`;
const web =
  '<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies>\n<build><plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>';

test('the build behind the archive', () =>
  assertRows([
    {
      name: 'a build stage of Maven with only the sources copied',
      files: {
        Dockerfile:
          'FROM maven:3.9 AS build\nWORKDIR /src\nCOPY pom.xml .\nCOPY src ./src\nRUN mvn package\nFROM eclipse-temurin:21-jre\nCOPY --from=build /src/target/*.jar /app.jar\nENTRYPOINT ["java", "-jar", "/app.jar"]\n',
        'pom.xml': pom('shop', web),
        [yml]: 'server.port: 8086\n',
      },
      listens: '8086',
    },
    {
      name: 'one of several modules, by the path of the archive',
      files: {
        Dockerfile:
          'FROM maven:3.9 AS build\nWORKDIR /src\nCOPY . .\nRUN mvn package\nFROM eclipse-temurin:21-jre\nCOPY --from=build /src/admin/target/admin-1.0.jar /app.jar\nENTRYPOINT ["java", "-jar", "/app.jar"]\n',
        'pom.xml':
          '<project><artifactId>all</artifactId><packaging>pom</packaging><modules><module>shop</module><module>admin</module></modules></project>',
        'shop/pom.xml': pom('shop', web),
        'admin/pom.xml': pom('admin', web),
        'shop/src/main/resources/application.yml': 'server.port: 8001\n',
        'admin/src/main/resources/application.yml': 'server.port: 8002\n',
      },
      listens: '8002',
    },
    {
      name: 'layers of the archive, and the module by the task that is run',
      files: {
        Dockerfile:
          'FROM gradle:8 AS build\nWORKDIR /src\nCOPY . .\nRUN gradle :shop:bootJar && java -Djarmode=layertools -jar shop/b.jar extract\nFROM eclipse-temurin:21-jre\nWORKDIR /app\nCOPY --from=build /src/dependencies/ ./\nCOPY --from=build /src/application/ ./\nENTRYPOINT ["java", "org.springframework.boot.loader.launch.JarLauncher"]\n',
        'settings.gradle': "rootProject.name = 'all'\ninclude 'shop', 'admin'\n",
        'build.gradle': 'allprojects { }\n',
        'shop/build.gradle': gradle,
        'admin/build.gradle': gradle,
        'shop/src/main/resources/application.yml': 'server.port: 8001\n',
        'admin/src/main/resources/application.yml': 'server.port: 8002\n',
      },
      listens: '8001',
    },
    {
      name: 'several modules and nothing that tells them apart',
      files: {
        Dockerfile: 'FROM eclipse-temurin:21-jre\nCOPY app.jar app.jar\nCMD ["java", "-jar", "app.jar"]\n',
        'settings.gradle': "include(':shop', ':admin')\n",
        'shop/build.gradle': gradle,
        'admin/build.gradle': gradle,
        'shop/src/main/resources/application.yml': 'server.port: 8001\n',
        'admin/src/main/resources/application.yml': 'server.port: 8002\n',
      },
      listens: 'unknown: which module app.jar is built from cannot be decided',
    },
    {
      name: 'a version catalog and a web starter in a used module',
      files: {
        Dockerfile: plain,
        'settings.gradle.kts': 'rootProject.name = "shop"\ninclude(":core")\n',
        'build.gradle.kts':
          'plugins {\n  alias(libs.plugins.boot)\n}\ndependencies {\n  implementation(project(":core"))\n}\n',
        'src/main/kotlin/App.kt': 'fun main() {}\n',
        'core/build.gradle.kts': 'dependencies {\n  api(libs.boot.web)\n}\n',
        'gradle/libs.versions.toml':
          '[libraries]\nboot-web = { module = "org.springframework.boot:spring-boot-starter-web" }\n[plugins]\nboot = { id = "org.springframework.boot", version = "3.3.0" }\n',
        [yml]: 'server.port: 8087\n',
      },
      listens: '8087',
    },
    {
      name: 'the build tool as the command',
      files: {
        Dockerfile:
          'FROM eclipse-temurin:21\nWORKDIR /app\nCOPY . .\nCMD ./mvnw clean test && ./mvnw spring-boot:run\n',
        mvnw: '#!/bin/sh\nexec java -classpath wrapper.jar org.apache.maven.wrapper.MavenWrapperMain "$@"\n',
        'pom.xml': pom('shop', web),
        [yml]: 'server.port: 8088\n',
      },
      listens: '8088',
    },
  ]));

const main = 'src/main/java/com/acme/ShopApplication.java';
const mainOf = (body: string) =>
  `package com.acme;\npublic class ShopApplication {\n  public static void main(String[] args) {\n    ${body}\n  }\n}\n`;

test('what the main class sets', () =>
  assertRows([
    {
      name: 'a default property',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [yml]: 'spring.application.name: shop\n',
        [main]: mainOf(
          'SpringApplication app = new SpringApplication(ShopApplication.class);\napp.setDefaultProperties(Collections.singletonMap("server.port", "8083"));\napp.run(args);',
        ),
      },
      listens: '8083',
      at: `${main}:8083`,
    },
    {
      name: 'the files beat a default property',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [yml]: 'server.port: 8084\n',
        [main]: mainOf('new SpringApplicationBuilder(ShopApplication.class).properties("server.port=8083").run(args);'),
      },
      listens: '8084',
    },
    {
      name: 'a system property beats the environment',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [yml]: 'server.port: 8084\n',
        [main]: mainOf(
          'System.setProperty("server.port", "8085");\nSpringApplication.run(ShopApplication.class, args);',
        ),
      },
      task: { environment: [{ name: 'SERVER_PORT', value: '8086' }] },
      listens: '8085',
    },
    {
      name: 'a system property that is computed',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [yml]: 'server.port: 8084\n',
        [main]: mainOf(
          'System.setProperty("server.port", find());\nSpringApplication.run(ShopApplication.class, args);',
        ),
      },
      listens: /^unknown: server\.port .* the program computes it/,
    },
  ]));
