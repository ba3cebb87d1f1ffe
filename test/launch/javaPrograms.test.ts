// What programs of the JVM listen on by their own code, traced from the archive to the main class.

import { test } from 'node:test';
import { assertRows } from './rows.ts';

const gradle = `plugins { id 'java'; id 'application' }
application { mainClass = 'com.acme.App' }
dependencies { implementation 'io.javalin:javalin:6.1.3' }
`;
const Dockerfile =
  'FROM eclipse-temurin:21-jre\nCOPY build/libs/app-all.jar /app.jar\nCMD ["java", "-jar", "/app.jar"]\n';
const app = (body: string, head = 'import io.javalin.Javalin;') =>
  `package com.acme;\n${head}\npublic class App {\n  public static void main(String[] args) throws Exception {\n${body}\n  }\n}\n`;
const source = 'src/main/java/com/acme/App.java';

test('servers that Java programs start', () =>
  assertRows([
    {
      name: 'Javalin with a literal port',
      files: { Dockerfile, 'build.gradle': gradle, [source]: app('Javalin.create().get("/", c -> {}).start(7070);') },
      listens: '7070',
      at: `${source}:7070`,
    },
    {
      name: 'Javalin without a port',
      files: { Dockerfile, 'build.gradle': gradle, [source]: app('Javalin app = Javalin.create();\napp.start();') },
      listens: '8080',
      steps: ['Javalin listens on 8080 when no port is given'],
    },
    {
      name: 'a variable with a default',
      files: {
        Dockerfile,
        'build.gradle': gradle,
        [source]: app(
          'int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "7000"));\nvar app = Javalin.create();\napp.start(port);',
        ),
      },
      listens: '7000',
      at: `${source}:7000`,
    },
    {
      name: 'the environment beats the default',
      files: {
        Dockerfile: Dockerfile.replace('COPY', 'ENV PORT=7001\nCOPY'),
        'build.gradle': gradle,
        [source]: app(
          'String port = System.getenv("PORT");\nint p = port != null ? Integer.parseInt(port) : 7000;\nJavalin.create().start("0.0.0.0", p);',
        ),
      },
      listens: '7001',
      at: 'Dockerfile:7001',
    },
    {
      name: 'a system property of the command',
      files: {
        Dockerfile: Dockerfile.replace('"-jar"', '"-Dhttp.port=7002", "-jar"'),
        'build.gradle': gradle,
        [source]: app('Javalin.create().start(Integer.parseInt(System.getProperty("http.port", "7000")));'),
      },
      listens: '7002',
      at: 'Dockerfile:7002',
    },
    {
      name: 'a constant of a class of the same package',
      files: {
        Dockerfile,
        'build.gradle': gradle,
        [source]: app('Javalin.create().start(Settings.PORT);'),
        'src/main/java/com/acme/Settings.java':
          'package com.acme;\nfinal class Settings {\n  static final int PORT = 7003;\n}\n',
      },
      listens: '7003',
      at: 'src/main/java/com/acme/Settings.java:7003',
    },
    {
      name: 'a server class of another package with a constructor',
      files: {
        Dockerfile,
        'build.gradle': gradle,
        [source]: app('new Web(9009).start();', 'import com.acme.web.Web;'),
        'src/main/java/com/acme/web/Web.java':
          'package com.acme.web;\nimport com.sun.net.httpserver.HttpServer;\nimport java.net.InetSocketAddress;\npublic class Web {\n  private final int port;\n  public Web(int port) { this.port = port; }\n  public void start() throws Exception {\n    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);\n    server.start();\n  }\n}\n',
      },
      listens: '9009',
      at: `${source}:9009`,
    },
    {
      name: 'the HTTP server of the JDK on loopback',
      files: {
        Dockerfile,
        'build.gradle': gradle,
        [source]: app(
          'var address = new InetSocketAddress("127.0.0.1", 8000);\nHttpServer.create(address, 0).start();',
          'import com.sun.net.httpserver.HttpServer;\nimport java.net.InetSocketAddress;',
        ),
      },
      listens: '127.0.0.1:8000',
    },
    {
      name: 'a plain socket and an argument',
      files: {
        Dockerfile: Dockerfile.replace('"/app.jar"]', '"/app.jar", "9100"]'),
        'build.gradle': gradle,
        [source]: app(
          'int port = args.length > 0 ? Integer.parseInt(args[0]) : 9000;\ntry (ServerSocket s = new ServerSocket(port)) { s.accept(); }',
          'import java.net.ServerSocket;',
        ),
      },
      listens: '9100',
      at: 'Dockerfile:9100',
    },
    {
      name: 'gRPC',
      files: {
        Dockerfile,
        'build.gradle': gradle,
        [source]: app(
          'Server server = ServerBuilder.forPort(50051).addService(new Greeter()).build().start();',
          'import io.grpc.Server;\nimport io.grpc.ServerBuilder;',
        ),
      },
      listens: '50051',
    },
    {
      name: 'Spark with its own port, then with the default',
      files: {
        Dockerfile,
        'build.gradle': gradle,
        [source]: app('port(4000);\nget("/", (req, res) -> "x");', 'import static spark.Spark.*;'),
      },
      listens: '4000',
    },
    {
      name: 'a Vert.x verticle',
      files: {
        Dockerfile,
        'build.gradle': gradle,
        [source]: app('Vertx.vertx().deployVerticle(new Web());', 'import io.vertx.core.Vertx;'),
        'src/main/java/com/acme/Web.java':
          'package com.acme;\nimport io.vertx.core.AbstractVerticle;\npublic class Web extends AbstractVerticle {\n  @Override\n  public void start() {\n    vertx.createHttpServer().requestHandler(r -> {}).listen(8888, h -> {});\n  }\n}\n',
      },
      listens: '8888',
    },
    {
      name: 'a worker that uses quiet libraries only',
      files: {
        Dockerfile,
        'build.gradle': gradle,
        [source]: app(
          'SqsClient.create().receiveMessage(r -> {});',
          'import software.amazon.awssdk.services.sqs.SqsClient;',
        ),
      },
      listens: 'none',
    },
    {
      name: 'a library that may listen',
      files: {
        Dockerfile,
        'build.gradle': gradle,
        [source]: app('Mystery.serve();', 'import org.mystery.Mystery;'),
      },
      listens: /^unknown: no listen call was found/,
    },
  ]));

/** What a class does when it is loaded, with receivers that nothing tells. */
const busy = Array.from(
  { length: 4000 },
  (_, index) => `    store.pick(${index}).put(store.find("a").get(${index}).name());`,
);

test('code beside and around the server', () =>
  assertRows([
    {
      name: 'much code that does not listen',
      files: {
        Dockerfile,
        'build.gradle': gradle,
        [source]:
          'package com.acme;\nimport io.javalin.Javalin;\npublic class App {\n  public static void main(String[] args) {\n    new App();\n  }\n  App() {\n    Worker worker = new Worker();\n    Javalin.create().start(Config.PORT);\n  }\n}\n',
        'src/main/java/com/acme/Config.java': 'package com.acme;\nclass Config {\n  static final int PORT = 7105;\n}\n',
        'src/main/java/com/acme/Worker.java': `package com.acme;\nclass Worker {\n  static {\n${busy.join('\n')}\n  }\n}\n`,
      },
      listens: '7105',
    },
    {
      name: 'functions of one name',
      files: {
        Dockerfile,
        'build.gradle': gradle,
        [source]: app('Javalin.create().start(Integer.parseInt(Config.read("PORT", "7106")));'),
        'src/main/java/com/acme/Config.java':
          'package com.acme;\nclass Config {\n  static String read(String key, String other) {\n    var value = System.getenv(key);\n    return value == null ? other : value;\n  }\n  static String read(String key) {\n    return read(key, "1");\n  }\n}\n',
      },
      listens: '7106',
    },
  ]));
