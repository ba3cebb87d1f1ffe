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

const yml = `${resources}/application.yml`;
const profiled = {
  'build.gradle': gradle,
  [yml]: 'server:\n  port: 8080\n---\nspring:\n  config:\n    activate:\n      on-profile: prod\nserver:\n  port: 80\n',
};

test('profiles of Spring', () =>
  assertRows([
    { name: 'no profile is active', files: { Dockerfile: plain, ...profiled }, listens: '8080' },
    {
      name: 'a document of the active profile',
      files: { Dockerfile: plain, ...profiled },
      task: { environment: [{ name: 'SPRING_PROFILES_ACTIVE', value: 'prod' }] },
      listens: '80',
      at: `${yml}:80`,
    },
    {
      name: 'the command names the profile',
      files: { Dockerfile: plain.replace('"app.jar"]', '"app.jar", "--spring.profiles.active=prod,eu"]'), ...profiled },
      listens: '80',
    },
    {
      name: 'a system property names the profile',
      files: { Dockerfile: plain.replace('"-jar"', '"-Dspring.profiles.active=prod", "-jar"'), ...profiled },
      listens: '80',
    },
    {
      name: 'the profile is a secret',
      files: { Dockerfile: plain, ...profiled },
      task: { secrets: [{ name: 'SPRING_PROFILES_ACTIVE', valueFrom: 'arn:aws:ssm:eu-west-1:1:parameter/p' }] },
      listens: /^unknown: the active profile .* cannot be decided.*differ/,
    },
    {
      name: 'the profile is a secret, but every profile has the same port',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [`${resources}/application.yml`]: 'server.port: 8081\n',
        [`${resources}/application-prod.yml`]: 'logging.level.root: warn\n',
      },
      task: { secrets: [{ name: 'SPRING_PROFILES_ACTIVE', valueFrom: 'arn:aws:ssm:eu-west-1:1:parameter/p' }] },
      listens: '8081',
    },
    {
      name: 'a file of the profile that the settings name',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [`${resources}/application.properties`]: 'spring.profiles.active=dev\nserver.port=8081\n',
        [`${resources}/application-dev.properties`]: 'server.port=8085\n',
      },
      listens: '8085',
      at: `${resources}/application-dev.properties:8085`,
    },
    {
      name: 'a profile that another one includes by a group',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [yml]: 'spring:\n  profiles:\n    active: prod\n    group:\n      prod: [web]\n',
        [`${resources}/application-web.yml`]: 'server:\n  port: 8090\n',
      },
      listens: '8090',
    },
    {
      name: 'an active profile whose file is not committed',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [yml]: 'spring:\n  profiles:\n    active: prod\n',
        [`${resources}/application-local.yml`]: 'server:\n  port: 8090\n',
      },
      listens: /^unknown: the settings of the active profile prod are not in view/,
    },
    {
      name: 'a negated condition and the older spelling of conditions',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [yml]: 'server:\n  port: 8080\n---\nspring:\n  profiles: "!local"\nserver:\n  port: 8091\n',
      },
      listens: '8091',
    },
  ]));

test('where the settings of Spring Boot stand', () =>
  assertRows([
    {
      name: 'the command beats the environment',
      files: {
        Dockerfile: plain.replace('"app.jar"]', '"app.jar", "--server.port=7200"]'),
        'build.gradle': gradle,
        [yml]: 'server.port: 8080\n',
      },
      task: { environment: [{ name: 'SERVER_PORT', value: '7100' }] },
      listens: '7200',
    },
    {
      name: 'JAVA_OPTS in a shell',
      files: {
        Dockerfile: `${jar}ENV JAVA_OPTS="-Xmx512m -Dserver.port=7300"\nENTRYPOINT ["sh", "-c", "java $JAVA_OPTS -jar app.jar"]\n`,
        'build.gradle': gradle,
        [yml]: 'server.port: 8080\n',
      },
      listens: '7300',
      at: 'Dockerfile:7300',
    },
    {
      name: 'JAVA_TOOL_OPTIONS',
      files: {
        Dockerfile: plain.replace('COPY', 'ENV JAVA_TOOL_OPTIONS="-Dserver.port=7400"\nCOPY'),
        'build.gradle': gradle,
        [yml]: 'server.port: 8080\n',
      },
      listens: '7400',
    },
    {
      name: 'SPRING_APPLICATION_JSON',
      files: { Dockerfile: plain, 'build.gradle': gradle, [yml]: 'server.port: 8080\n' },
      task: { environment: [{ name: 'SPRING_APPLICATION_JSON', value: '{"server":{"port":7500}}' }] },
      listens: '7500',
    },
    {
      name: 'properties beat YAML, the config folder beats both',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [yml]: 'server.port: 8081\n',
        [`${resources}/application.properties`]: 'server.port=8082\n',
        [`${resources}/config/application.yml`]: 'server.port: 8083\n',
      },
      listens: '8083',
    },
    {
      name: 'a file that is copied beside the archive',
      files: {
        Dockerfile: `${jar}COPY deploy/application.yml config/application.yml\nCMD java -jar app.jar\n`,
        'build.gradle': gradle,
        [yml]: 'server.port: 8081\n',
        'deploy/application.yml': 'server.port: 8084\n',
      },
      listens: '8084',
      at: 'deploy/application.yml:8084',
    },
    {
      name: 'spring.config.location that is not in view',
      files: {
        Dockerfile: plain.replace(
          '"app.jar"]',
          '"app.jar", "--spring.config.location=file:/etc/shop/application.yml"]',
        ),
        'build.gradle': gradle,
        [yml]: 'server.port: 8081\n',
      },
      listens: /^unknown: file:\/etc\/shop\/application\.yml/,
    },
    {
      name: 'a port that a configuration server may give',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [yml]: 'spring:\n  config:\n    import: "optional:configserver:http://config:8888"\n',
      },
      listens: /^unknown: server\.port may come from configserver/,
    },
    {
      name: 'an imported file',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle,
        [yml]: 'spring:\n  config:\n    import: classpath:web.yml\nserver.port: 8081\n',
        [`${resources}/web.yml`]: 'server.port: 8085\n',
      },
      listens: '8085',
    },
    {
      name: 'a management port of its own',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle.replace(
          'dependencies {',
          "dependencies {\n  implementation 'org.springframework.boot:spring-boot-starter-actuator'",
        ),
        [yml]: 'server.port: 8080\nmanagement.server.port: 9090\n',
      },
      listens: '8080 9090',
    },
    {
      name: 'an address',
      files: { Dockerfile: plain, 'build.gradle': gradle, [yml]: 'server:\n  port: 8080\n  address: 127.0.0.1\n' },
      listens: '127.0.0.1:8080',
    },
    {
      name: 'a placeholder that nothing fills in',
      files: { Dockerfile: plain, 'build.gradle': gradle, [yml]: 'server:\n  port: ${PORT}\n' },
      listens: /^unknown: server\.port `\$\{PORT\}` cannot be decided: nothing in view sets PORT/,
    },
    {
      name: 'no web application',
      files: { Dockerfile: plain, 'build.gradle': gradle, [yml]: 'spring.main.web-application-type: none\n' },
      listens: 'none',
    },
    {
      name: 'a worker without a web starter',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle.replace('starter-web', 'starter-batch'),
        [yml]: 'spring.application.name: job\n',
      },
      listens: 'none',
    },
    {
      name: 'a library that may bring a server',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle.replace('org.springframework.boot:spring-boot-starter-web', 'com.acme:acme-starter'),
        [yml]: 'spring.application.name: job\n',
      },
      listens: /^unknown: no web starter is among the libraries of build\.gradle, but com\.acme:acme-starter/,
    },
    {
      name: 'a gRPC server beside the web server',
      files: {
        Dockerfile: plain,
        'build.gradle': gradle.replace(
          'dependencies {',
          "dependencies {\n  implementation 'net.devh:grpc-server-spring-boot-starter:3.1.0.RELEASE'",
        ),
        [yml]: 'grpc.server.port: 6000\n',
      },
      listens: '8080 6000',
    },
  ]));
