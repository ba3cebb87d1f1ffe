// The calls of libraries of the JVM that open a listening socket, and what each does when it leaves port or host out. Read
// in the pages and sources named, November 2026.

import { EVERYWHERE, type ListenerApiTable, LOOPBACK, listenerApis } from '../../facts/listenerApi.ts';

const table = {
  'java.serverSocket': {
    name: 'ServerSocket',
    host: EVERYWHERE,
    source: 'https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/net/ServerSocket.html',
  },
  'java.httpServer': {
    name: 'HttpServer',
    host: EVERYWHERE,
    source: 'https://docs.oracle.com/en/java/javase/21/docs/api/jdk.httpserver/com/sun/net/httpserver/HttpServer.html',
  },
  'javalin.start': {
    name: 'Javalin',
    port: 8080,
    host: EVERYWHERE,
    source: 'https://javalin.io/documentation#server-setup; 6.4.0 confirmed 2026-11-23',
  },
  'spark.port': {
    name: 'Spark',
    port: 4567,
    host: EVERYWHERE,
    source: 'https://sparkjava.com/documentation#embedded-web-server',
  },
  'vertx.listen': {
    name: 'Vert.x',
    port: 80,
    host: EVERYWHERE,
    source: 'https://vertx.io/docs/vertx-core/java/#_start_the_server_listening; 4.5.11 confirmed 2026-11-23',
  },
  'jetty.server': {
    name: 'Jetty',
    host: EVERYWHERE,
    source: 'https://jetty.org/docs/jetty/12/programming-guide/server/http.html',
  },
  'undertow.listener': {
    name: 'Undertow',
    host: LOOPBACK,
    source: 'https://undertow.io/undertow-docs/undertow-docs-2.1.0/index.html#bootstrapping-undertow',
  },
  'armeria.port': { name: 'Armeria', host: EVERYWHERE, source: 'https://armeria.dev/docs/server-basics' },
  'grpc.forPort': {
    name: 'gRPC',
    host: EVERYWHERE,
    source: 'https://grpc.github.io/grpc-java/javadoc/io/grpc/ServerBuilder.html',
  },
  'netty.bind': { name: 'Netty', host: EVERYWHERE, source: 'https://netty.io/wiki/user-guide-for-4.x.html' },
  'grizzly.create': {
    name: 'Grizzly',
    source: 'https://eclipse-ee4j.github.io/jersey.github.io/documentation/latest/deployment.html#deployment.javase',
  },
  'helidon.port': { name: 'Helidon', host: EVERYWHERE, source: 'https://helidon.io/docs/latest/se/webserver' },
  'akka.bind': {
    name: 'Akka HTTP',
    host: LOOPBACK,
    source: 'https://doc.akka.io/libraries/akka-http/current/server-side/low-level-api.html',
  },
  'nanohttpd.server': { name: 'NanoHTTPD', host: EVERYWHERE, source: 'https://github.com/NanoHttpd/nanohttpd' },
  'ktor.embeddedServer': {
    name: 'Ktor',
    port: 80,
    host: EVERYWHERE,
    source: 'https://ktor.io/docs/server-create-and-configure.html',
  },
  'http4k.asServer': {
    name: 'http4k',
    port: 8000,
    host: EVERYWHERE,
    source: 'https://www.http4k.org/ecosystem/http4k/reference/servers/',
  },
  'prometheus.server': {
    name: 'the metrics server of Prometheus',
    host: EVERYWHERE,
    source: 'https://prometheus.github.io/client_java/exporters/httpserver/',
  },
} as const satisfies ListenerApiTable;

export type JvmApi = keyof typeof table;

export const jvmApis = listenerApis(table);
