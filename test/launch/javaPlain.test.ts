// Programs of the JVM that no build tool makes.

import { test } from 'node:test';
import { assertRows } from './rows.ts';

const server = (port: string) =>
  `import java.net.ServerSocket;\npublic class Main {\n  public static void main(String[] args) throws Exception {\n    new ServerSocket(${port});\n  }\n}\n`;

test('programs of Java without a build tool', () =>
  assertRows([
    {
      name: 'a class of a package, compiled in a first stage',
      files: {
        'src/com/acme/Main.java': `package com.acme;\nimport com.acme.config.Ports;\n${server('Ports.MAIN')}`,
        'src/com/acme/config/Ports.java':
          'package com.acme.config;\npublic class Ports {\n  public static final int MAIN = 7101;\n}\n',
        Dockerfile:
          'FROM eclipse-temurin:21 AS build\nWORKDIR /src\nCOPY src .\nRUN javac -d /out com/acme/Main.java\nFROM eclipse-temurin:21-jre\nWORKDIR /app\nCOPY --from=build /out .\nCMD ["java", "com.acme.Main"]\n',
      },
      listens: '7101',
    },
    {
      name: 'an archive that jar packs with its class',
      files: {
        'Main.java': server('7102'),
        Dockerfile:
          'FROM eclipse-temurin:21\nWORKDIR /app\nCOPY . .\nRUN javac *.java && jar cfe app.jar Main *.class\nCMD ["java", "-jar", "app.jar"]\n',
      },
      listens: '7102',
    },
    {
      name: 'the letters of jar in another order',
      files: {
        'Main.java': server('7103'),
        Dockerfile:
          'FROM eclipse-temurin:21\nWORKDIR /app\nCOPY . .\nRUN javac Main.java && jar cvef Main app.jar Main.class\nCMD ["java", "-jar", "app.jar"]\n',
      },
      listens: '7103',
    },
    {
      name: 'an archive of which the class stands in a manifest',
      files: {
        'Main.java': server('7104'),
        Dockerfile:
          'FROM eclipse-temurin:21\nWORKDIR /app\nCOPY . .\nRUN javac Main.java && jar cfm app.jar manifest.txt Main.class\nCMD ["java", "-jar", "app.jar"]\n',
      },
      listens: 'unknown: app.jar is made by a build that is not in view',
    },
    {
      name: 'compiled when the container starts',
      files: {
        'Main.java': server('7105'),
        Dockerfile: 'FROM eclipse-temurin:21\nWORKDIR /app\nCOPY . .\nCMD javac Main.java && java Main\n',
      },
      listens: '7105',
    },
    {
      name: 'a system property that the source does not name',
      files: {
        'Main.java': server('Integer.parseInt(System.getProperty("port"))'),
        Dockerfile: 'FROM eclipse-temurin:21\nWORKDIR /app\nCOPY . .\nCMD ["java", "Main.java"]\n',
      },
      listens: /^unknown: /,
    },
  ]));
