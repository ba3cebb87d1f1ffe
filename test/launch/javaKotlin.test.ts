// What Kotlin programs listen on: Ktor and other servers in code, and Ktor's settings file.

import { test } from 'node:test';
import { assertRows } from './rows.ts';

const gradle = `plugins {
  kotlin("jvm") version "2.0.0"
  id("io.ktor.plugin") version "2.3.12"
}
application { mainClass.set("com.acme.ApplicationKt") }
dependencies {
  implementation("io.ktor:ktor-server-netty:2.3.12")
}
`;
const Dockerfile =
  'FROM eclipse-temurin:21-jre\nCOPY build/libs/app-all.jar /app.jar\nCMD ["java", "-jar", "/app.jar"]\n';
const source = 'src/main/kotlin/com/acme/Application.kt';
const app = (body: string, head = 'import io.ktor.server.engine.*\nimport io.ktor.server.netty.*') =>
  `package com.acme\n\n${head}\n\nfun main(args: Array<String>) {\n    ${body}\n}\n`;
const engine = gradle.replace('com.acme.ApplicationKt', 'io.ktor.server.netty.EngineMain');

test('servers that Kotlin programs start', () =>
  assertRows([
    {
      name: 'an embedded server of Ktor',
      files: {
        Dockerfile,
        'build.gradle.kts': gradle,
        [source]: app(
          'embeddedServer(Netty, port = 8081, host = "0.0.0.0") {\n        routing { }\n    }.start(wait = true)',
        ),
      },
      listens: '8081',
      at: `${source}:8081`,
    },
    {
      name: 'a variable with a default',
      files: {
        Dockerfile,
        'build.gradle.kts': gradle,
        [source]: app(
          'val port = System.getenv("PORT")?.toInt() ?: 8082\n    embeddedServer(Netty, port = port, module = Application::module).start(wait = true)',
        ),
      },
      listens: '8082',
      at: `${source}:8082`,
    },
    {
      name: 'the environment beats the default',
      files: {
        Dockerfile: Dockerfile.replace('COPY', 'ENV PORT=8083\nCOPY'),
        'build.gradle.kts': gradle,
        [source]: app('embeddedServer(Netty, port = System.getenv("PORT")?.toIntOrNull() ?: 8082) { }.start(true)'),
      },
      listens: '8083',
      at: 'Dockerfile:8083',
    },
    {
      name: 'a class with a default and an object of settings in another file of the package',
      files: {
        Dockerfile,
        'build.gradle.kts': gradle,
        [source]: app('Server(Settings.port).start()', ''),
        'src/main/kotlin/com/acme/Settings.kt': 'package com.acme\n\nobject Settings {\n    val port: Int = 8084\n}\n',
        'src/main/kotlin/com/acme/Server.kt':
          'package com.acme\n\nimport io.javalin.Javalin\n\nclass Server(private val port: Int = 9999) {\n    fun start() {\n        Javalin.create { it.showJavalinBanner = false }.start(port)\n    }\n}\n',
      },
      listens: '8084',
      at: 'src/main/kotlin/com/acme/Settings.kt:8084',
    },
    {
      name: 'a main function in a companion object',
      files: {
        Dockerfile,
        'build.gradle.kts': gradle.replace('com.acme.ApplicationKt', 'com.acme.Application'),
        [source]:
          'package com.acme\n\nimport io.grpc.ServerBuilder\n\nclass Application {\n    companion object {\n        @JvmStatic\n        fun main(args: Array<String>) {\n            ServerBuilder.forPort(50052).build().start()\n        }\n    }\n}\n',
      },
      listens: '50052',
    },
    {
      name: 'Ktor without a port',
      files: { Dockerfile, 'build.gradle.kts': gradle, [source]: app('embeddedServer(CIO) { }.start(true)') },
      listens: '80',
    },
  ]));

test("Ktor's settings file", () =>
  assertRows([
    {
      name: 'HOCON with an optional variable that is not set',
      files: {
        Dockerfile,
        'build.gradle.kts': engine,
        'src/main/resources/application.conf':
          'ktor {\n  deployment {\n    port = 8090\n    port = ${?PORT}\n  }\n  application { modules = [ com.acme.AppKt.module ] }\n}\n',
      },
      listens: '8090',
      at: 'src/main/resources/application.conf:8090',
    },
    {
      name: 'HOCON with an optional variable that is set',
      files: {
        Dockerfile,
        'build.gradle.kts': engine,
        'src/main/resources/application.conf': 'ktor.deployment { port = 8090, port = ${?PORT} }\n',
      },
      task: { environment: [{ name: 'PORT', value: '8091' }] },
      listens: '8091',
    },
    {
      name: 'YAML with a default',
      files: {
        Dockerfile,
        'build.gradle.kts': engine,
        'src/main/resources/application.yaml': 'ktor:\n  deployment:\n    port: "$PORT:8092"\n',
      },
      listens: '8092',
      at: 'src/main/resources/application.yaml:8092',
    },
    {
      name: 'a main function that hands on to the engine',
      files: {
        Dockerfile,
        'build.gradle.kts': gradle,
        [source]: app('io.ktor.server.netty.EngineMain.main(args)', ''),
        'src/main/resources/application.conf':
          'ktor {\n  deployment {\n    port = 8093\n    host = 127.0.0.1\n  }\n}\n',
      },
      listens: '127.0.0.1:8093',
    },
    {
      name: 'an argument of the command',
      files: {
        Dockerfile: Dockerfile.replace('"/app.jar"]', '"/app.jar", "-port=8094"]'),
        'build.gradle.kts': engine,
        'src/main/resources/application.conf': 'ktor.deployment.port = 8090\n',
      },
      listens: '8094',
    },
  ]));
