// What frameworks and servers of the JVM listen on by their settings: Quarkus, Micronaut, Helidon, Dropwizard, Tomcat,
// Jetty, and the start scripts that builds write.

import { test } from 'node:test';
import { assertRows } from './rows.ts';

const jar = 'FROM eclipse-temurin:21-jre\nWORKDIR /app\nCOPY target/*.jar app.jar\n';
const plain = `${jar}CMD ["java", "-jar", "app.jar"]\n`;
const pom = (...libraries: readonly string[]) =>
  `<project><artifactId>shop</artifactId><dependencies>${libraries
    .map((library) => {
      const [group, artifact] = library.split(':');
      return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId></dependency>`;
    })
    .join('')}</dependencies></project>`;
const properties = 'src/main/resources/application.properties';
const quarkus = pom('io.quarkus:quarkus-rest', 'io.quarkus:quarkus-arc');

test('Quarkus', () =>
  assertRows([
    {
      name: 'the default',
      files: { Dockerfile: plain, 'pom.xml': quarkus, [properties]: '' },
      listens: '8080',
      steps: ['io.quarkus:quarkus-rest', 'Quarkus listens on 8080'],
    },
    {
      name: 'the profile of production beats the plain key',
      files: {
        Dockerfile: plain,
        'pom.xml': quarkus,
        [properties]: 'quarkus.http.port=8081\n%prod.quarkus.http.port=8082\n%dev.quarkus.http.port=8083\n',
      },
      listens: '8082',
      at: `${properties}:8082`,
    },
    {
      name: 'the environment',
      files: { Dockerfile: plain, 'pom.xml': quarkus, [properties]: 'quarkus.http.port=8081\n' },
      task: { environment: [{ name: 'QUARKUS_HTTP_PORT', value: '9001' }] },
      listens: '9001',
    },
    {
      name: 'a native executable with its host and port',
      files: {
        Dockerfile:
          'FROM registry.access.redhat.com/ubi9/ubi-minimal\nWORKDIR /work/\nCOPY target/*-runner /work/application\nCMD ["./application", "-Dquarkus.http.host=0.0.0.0", "-Dquarkus.http.port=8085"]\n',
        'pom.xml': quarkus,
        [properties]: '',
      },
      listens: '8085',
    },
    {
      name: 'no HTTP extension',
      files: {
        Dockerfile: plain,
        'pom.xml': pom('io.quarkus:quarkus-arc', 'io.quarkus:quarkus-scheduler'),
        [properties]: '',
      },
      listens: 'none',
    },
    {
      name: 'a management interface and TLS',
      files: {
        Dockerfile: plain,
        'pom.xml': quarkus,
        [properties]:
          'quarkus.management.enabled=true\nquarkus.http.ssl.certificate.files=/tls/cert.pem\nquarkus.http.insecure-requests=disabled\n',
      },
      listens: '8443 9000',
    },
  ]));

test('Micronaut and Helidon', () =>
  assertRows([
    {
      name: 'a placeholder of Micronaut',
      files: {
        Dockerfile: plain,
        'pom.xml': pom('io.micronaut:micronaut-http-server-netty'),
        'src/main/resources/application.yml': 'micronaut:\n  server:\n    port: ${SERVER_PORT:8086}\n',
      },
      listens: '8086',
    },
    {
      name: 'the default of Micronaut and an environment',
      files: {
        Dockerfile: plain,
        'pom.xml': pom('io.micronaut:micronaut-http-server-netty'),
        'src/main/resources/application-prod.yml': 'micronaut.server.port: 8087\n',
      },
      task: { environment: [{ name: 'MICRONAUT_ENVIRONMENTS', value: 'prod' }] },
      listens: '8087',
    },
    {
      name: 'the default of Micronaut',
      files: { Dockerfile: plain, 'pom.xml': pom('io.micronaut:micronaut-http-server-netty') },
      listens: '8080',
    },
    {
      name: 'Helidon with a setting',
      files: {
        Dockerfile: plain,
        'pom.xml': pom('io.helidon.webserver:helidon-webserver'),
        'src/main/resources/application.yaml': 'server:\n  port: 8088\n',
      },
      listens: '8088',
    },
    {
      name: 'Helidon SE without a setting',
      files: { Dockerfile: plain, 'pom.xml': pom('io.helidon.webserver:helidon-webserver') },
      listens: /^unknown: server\.port of Helidon is not set/,
    },
  ]));

const dropwizard = pom('io.dropwizard:dropwizard-core');
const server = (rest: string) => `${jar}COPY config.yml config.yml\nENTRYPOINT ["java", "-jar", "app.jar"${rest}]\n`;

test('Dropwizard', () =>
  assertRows([
    {
      name: 'the default connectors',
      files: {
        Dockerfile: server(', "server", "config.yml"'),
        'pom.xml': dropwizard,
        'config.yml': 'logging:\n  level: INFO\n',
      },
      listens: '8080 8081',
    },
    {
      name: 'connectors of the file',
      files: {
        Dockerfile: server(', "server", "config.yml"'),
        'pom.xml': dropwizard,
        'config.yml':
          'server:\n  applicationConnectors:\n    - type: http\n      port: ${PORT:-9000}\n  adminConnectors:\n    - type: http\n      port: 9001\n',
      },
      listens: '9000 9001',
    },
    {
      name: 'a simple server and an override',
      files: {
        Dockerfile: server(', "server", "config.yml"').replace('"-jar"', '"-Ddw.server.connector.port=9003", "-jar"'),
        'pom.xml': dropwizard,
        'config.yml': 'server:\n  type: simple\n  connector:\n    type: http\n    port: 9002\n',
      },
      listens: '9003',
    },
    {
      name: 'another command than the server',
      files: { Dockerfile: server(', "db", "migrate", "config.yml"'), 'pom.xml': dropwizard, 'config.yml': '' },
      listens: 'none',
    },
  ]));

const serverXml = (port: string) =>
  `<Server port="8005"><Service name="Catalina">\n<!-- <Connector port="1"/> -->\n<Connector port="${port}" protocol="HTTP/1.1"/>\n<Connector port="8009" protocol="AJP/1.3"/>\n</Service></Server>`;

test('Tomcat and Jetty', () =>
  assertRows([
    {
      name: 'a WAR on the image of Tomcat',
      files: {
        Dockerfile: 'FROM tomcat:10.1\nCOPY target/shop.war /usr/local/tomcat/webapps/ROOT.war\n',
        'pom.xml': pom(),
      },
      listens: '8080',
    },
    {
      name: 'connectors of server.xml',
      files: {
        Dockerfile: 'FROM tomcat:10.1\nCOPY server.xml /usr/local/tomcat/conf/server.xml\n',
        'server.xml': serverXml('8181'),
      },
      listens: '8181',
      at: 'server.xml:8181',
    },
    {
      name: 'a system property in server.xml',
      files: {
        Dockerfile:
          'FROM tomcat:10.1\nENV CATALINA_OPTS="-Dhttp.port=8282"\nCOPY server.xml conf/server.xml\nCMD ["catalina.sh", "run"]\n',
        'server.xml': serverXml('${http.port}'),
      },
      listens: '8282',
      at: 'Dockerfile:8282',
    },
    {
      name: 'server.xml that the build rewrites',
      files: {
        Dockerfile: "FROM tomcat:10.1\nRUN sed -i 's/8080/9090/' /usr/local/tomcat/conf/server.xml\n",
      },
      listens: /^unknown: the build rewrites server\.xml/,
    },
    {
      name: 'jetty-runner with a configuration',
      files: {
        Dockerfile:
          'FROM openjdk:11\nADD target/shop.war app.war\nADD target/jetty-runner.jar jetty-runner.jar\nADD jetty.xml jetty.xml\nENTRYPOINT ["java", "-jar", "jetty-runner.jar", "--config", "jetty.xml", "app.war"]\n',
        'jetty.xml':
          '<Configure id="Server"><Call name="addConnector"><Arg><New class="org.eclipse.jetty.server.ServerConnector"><Set name="host">0.0.0.0</Set><Set name="port"><Property name="http.port" default="8060"/></Set></New></Arg></Call></Configure>',
      },
      listens: '8060',
      at: 'jetty.xml:8060',
    },
    {
      name: 'jetty-runner with a flag',
      files: {
        Dockerfile: 'FROM openjdk:11\nCMD ["java", "-jar", "jetty-runner.jar", "--port", "9191", "app.war"]\n',
      },
      listens: '9191',
    },
    {
      name: 'the image of Jetty',
      files: { Dockerfile: 'FROM jetty:12\nCOPY target/shop.war /var/lib/jetty/webapps/ROOT.war\n' },
      listens: '8080',
    },
  ]));

test('start scripts of builds', () =>
  assertRows([
    {
      name: 'the script of Gradle with its options',
      files: {
        Dockerfile:
          'FROM gradle:8 AS build\nWORKDIR /src\nCOPY . .\nRUN gradle installDist\nFROM eclipse-temurin:21-jre\nCOPY --from=build /src/build/install/shop /opt/shop\nENV SHOP_OPTS="-Dserver.port=8484"\nCMD ["/opt/shop/bin/shop"]\n',
        'build.gradle':
          "plugins {\n  id 'org.springframework.boot' version '3.3.0'\n  id 'application'\n}\ndependencies {\n  implementation 'org.springframework.boot:spring-boot-starter-web'\n}\n",
        'src/main/resources/application.yml': 'server.port: 8080\n',
      },
      listens: '8484',
    },
    {
      name: 'run-java.sh',
      files: {
        Dockerfile:
          'FROM registry.access.redhat.com/ubi8/openjdk-17\nCOPY target/quarkus-app/lib/ /deployments/lib/\nCOPY target/quarkus-app/*.jar /deployments/\nENV JAVA_OPTS_APPEND="-Dquarkus.http.host=0.0.0.0"\nENTRYPOINT ["/opt/jboss/container/java/run/run-java.sh"]\n',
        'pom.xml': quarkus,
        [properties]: 'quarkus.http.port=8585\n',
      },
      listens: '8585',
    },
  ]));
