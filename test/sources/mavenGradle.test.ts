// Build files of Maven and Gradle, XML and HOCON settings: facts of small texts, and texts that are cut or damaged.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigFile } from '../../server/src/facts/configFile.ts';
import { factOf } from '../../server/src/facts/fileFacts.ts';
import type { JavaProject } from '../../server/src/facts/javaProject.ts';
import { gradleProject } from '../../server/src/sources/gradleProject.ts';
import { hoconConfig } from '../../server/src/sources/hoconConfig.ts';
import { mavenProject } from '../../server/src/sources/mavenProject.ts';
import type { Source } from '../../server/src/sources/source.ts';
import { xmlConfig } from '../../server/src/sources/xmlConfig.ts';

function project(source: Source, path: string, text: string): JavaProject {
  const fact = factOf(source.extract({ uri: `file:///ws/${path}`, text }), 'javaProject');
  if (fact === undefined) throw new Error(`${path} gives no project`);
  return fact;
}

function entries(source: Source, text: string): readonly string[] {
  const fact: ConfigFile | undefined = factOf(source.extract({ uri: 'file:///ws/x', text }), 'configFile');
  return (fact?.entries ?? []).map(({ key, value }) => {
    const { start, end } = value.at.span;
    return `${key} = ${value.state === 'known' ? value.value : value.state} [${text.slice(start, end)}]`;
  });
}

const names = ({ dependencies }: JavaProject) => dependencies.map(({ value }) => value);

const pom = `<?xml version="1.0"?>
<!-- <artifactId>no</artifactId> -->
<project>
  <parent><groupId>com.acme</groupId><artifactId>parent</artifactId><version>1</version></parent>
  <artifactId>shop</artifactId>
  <packaging>war</packaging>
  <properties><web>spring-boot-starter-web</web><start-class>com.acme.Shop</start-class></properties>
  <dependencyManagement><dependencies><dependency><groupId>a</groupId><artifactId>managed</artifactId></dependency></dependencies></dependencyManagement>
  <dependencies>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>\${web}</artifactId></dependency>
    <dependency><groupId>junit</groupId><artifactId>junit</artifactId><scope>test</scope></dependency>
    <dependency><groupId>\${project.groupId}</groupId><artifactId>core</artifactId></dependency>
  </dependencies>
  <build>
    <finalName>\${project.artifactId}-\${project.version}</finalName>
    <plugins><plugin><artifactId>maven-war-plugin</artifactId></plugin></plugins>
  </build>
</project>`;

test('pom.xml', () => {
  const read = project(mavenProject, 'pom.xml', pom);
  assert.equal(read.name, 'shop');
  assert.equal(read.packaging, 'war');
  assert.equal(read.archiveName, 'shop-1');
  assert.deepEqual(names(read), ['org.springframework.boot:spring-boot-starter-web', 'com.acme:core']);
  assert.deepEqual(read.plugins, ['org.apache.maven.plugins:maven-war-plugin']);
  assert.equal(read.mainClass?.value, 'com.acme.Shop');
  assert.equal(read.complete, false);
  const { start, end } = read.dependencies[0]?.at.span ?? { start: 0, end: 0 };
  assert.equal(pom.slice(start, end), '${web}');
});

test('build.gradle in both languages', () => {
  const groovy = project(
    gradleProject,
    'build.gradle',
    `plugins {
  id 'war'
  id "org.springframework.boot" version "3.3.0" apply false
}
apply plugin: 'io.spring.dependency-management'
dependencies {
  // implementation 'a:comment:1'
  implementation 'org.springframework.boot:spring-boot-starter-web:3.3.0',
                 'com.acme:second'
  api project(':core:model')
  compile group: 'org.old', name: 'style', version: '1'
  testImplementation 'junit:junit:4'
  implementation libs.spring.web
}
mainClassName = 'com.acme.Shop'
archivesBaseName = 'shop'
`,
  );
  assert.deepEqual(groovy.plugins, ['war', 'io.spring.dependency-management']);
  assert.equal(groovy.packaging, 'war');
  assert.deepEqual(names(groovy), [
    'org.springframework.boot:spring-boot-starter-web',
    'com.acme:second',
    'project:core/model',
    'org.old:style',
    'catalog:spring-web',
  ]);
  assert.equal(groovy.mainClass?.value, 'com.acme.Shop');
  assert.equal(groovy.archiveName, 'shop');
  const kotlin = project(
    gradleProject,
    'build.gradle.kts',
    'plugins {\n  application\n  id("io.ktor.plugin") version "2.3.0"\n}\napplication {\n  mainClass.set("com.acme.AppKt")\n}\ndependencies {\n  implementation("io.ktor:ktor-server-netty:$ktor")\n}\n',
  );
  assert.deepEqual(kotlin.plugins, ['application', 'io.ktor.plugin']);
  assert.deepEqual(names(kotlin), ['io.ktor:ktor-server-netty']);
  assert.equal(kotlin.mainClass?.value, 'com.acme.AppKt');
});

test('settings.gradle', () => {
  const read = project(
    gradleProject,
    'settings.gradle.kts',
    'rootProject.name = "all"\ninclude(":shop", ":core:model")\ninclude(":admin")\n',
  );
  assert.equal(read.name, 'all');
  assert.deepEqual(read.modules, ['shop', 'core/model', 'admin']);
});

test('XML settings', () => {
  assert.deepEqual(
    entries(xmlConfig, '<Server port="8005">\n<Service><C p="1"/><C p="2">t &amp; u</C></Service></Server>'),
    [
      'Server@port = 8005 [8005]',
      'Server.Service.C[0]@p = 1 [1]',
      'Server.Service.C[1]@p = 2 [2]',
      'Server.Service.C[1] = t & u [t &amp; u]',
    ],
  );
});

test('HOCON settings', () => {
  const text = 'ktor {\n  deployment { port = 8080 } # why\n  deployment.port = ${?PORT}\n}\na.b: "x # y"\n';
  assert.deepEqual(entries(hoconConfig, text), [
    'ktor.deployment.port = 8080 [8080]',
    'ktor.deployment.port = ${?PORT} [${?PORT}]',
    'a.b = x # y [x # y]',
  ]);
});

test('cut and damaged texts never throw and are read in time', () => {
  const gradle = "plugins { id 'a' }\ninclude 'x', 'y'\ndependencies {\n implementation 'a:b:1',\n 'c:d' }\n";
  for (const [source, text] of [
    [mavenProject, pom],
    [xmlConfig, pom],
    [gradleProject, gradle],
    [hoconConfig, 'a { b = ${?C}, d { e = "f" } }\ng = [1, 2]\n'],
  ] as const) {
    for (let end = 0; end < text.length; end += 3)
      source.extract({ uri: 'file:///ws/settings.gradle', text: text.slice(0, end) });
    for (const part of [
      '<',
      '{',
      '"',
      "'",
      '${',
      "include 'a' ",
      ' ',
      '/*',
      'id ',
      '<a b="',
      '</',
      'implementation(',
    ]) {
      const before = process.cpuUsage().user;
      for (const path of ['settings.gradle', 'build.gradle', 'pom.xml']) {
        source.extract({ uri: `file:///ws/${path}`, text: part.repeat(200_000 / part.length) });
      }
      const seconds = (process.cpuUsage().user - before) / 1e6;
      assert.ok(seconds < 3, `${source.id} takes ${seconds} s of ${JSON.stringify(part)}`);
    }
  }
});
