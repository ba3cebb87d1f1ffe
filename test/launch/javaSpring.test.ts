// What Spring Boot applications listen on: build files, settings files, profiles, the environment.

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
const resources = 'src/main/resources';

test('the port of a Spring Boot application', () =>
  assertRows([
    {
      name: 'properties',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [`${resources}/application.properties`]: 'server.port=9001\n',
      },
      listens: '9001',
      at: `${resources}/application.properties:9001`,
      steps: ['ENTRYPOINT ["java", "-jar", "app.jar"]', 'spring-boot-starter-web', 'server.port: 9001'],
    },
    {
      name: 'the default port',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [`${resources}/application.yml`]: 'spring:\n  application:\n    name: shop\n',
      },
      listens: '8080',
      steps: ['Spring Boot listens on 8080 when server.port is not set'],
    },
    {
      name: 'a placeholder with a default',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [`${resources}/application.yml`]: 'server:\n  port: ${APP_PORT:${PORT:8082}}\n',
      },
      listens: '8082',
      at: `${resources}/application.yml:8082`,
    },
    {
      name: 'a placeholder that the task definition fills in',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [`${resources}/application.properties`]: 'server.port=${PORT:8082}\n',
      },
      task: { environment: [{ name: 'PORT', value: '7000' }] },
      listens: '7000',
      at: 'task.json:7000',
    },
    {
      name: 'SERVER_PORT beats the files',
      files: {
        Dockerfile: plain.replace('COPY', 'ENV SERVER_PORT=7100\nCOPY'),
        'build.gradle': gradle,
        [`${resources}/application.properties`]: 'server.port=9001\n',
      },
      listens: '7100',
      at: 'Dockerfile:7100',
    },
    {
      name: 'no settings file is in view',
      files: { Dockerfile: plain, 'build.gradle': gradle },
      listens: /^unknown: no application\.properties or application\.yml/,
    },
  ]));
