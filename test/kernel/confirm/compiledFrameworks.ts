// Servers and frameworks of Go and of Maven.

import { goApis } from '../../../server/src/languages/go/apis.ts';
import { jvmApis } from '../../../server/src/languages/jvm/apis.ts';
import { type Framework, NAMED_PORT } from './framework.ts';

export const goFrameworks: readonly Framework[] = [
  {
    package: 'github.com/gin-gonic/gin',
    way: 'gin',
    file: 'gin/main.go',
    text: 'package main\n\nimport "github.com/gin-gonic/gin"\n\nfunc main() {\n\tgin.New().Run()\n}\n',
    argv: ['./gin-server'],
    expected: goApis.gin,
  },
  {
    package: 'github.com/labstack/echo/v4',
    way: 'echo',
    file: 'echo/main.go',
    text: `package main\n\nimport "github.com/labstack/echo/v4"\n\nfunc main() {\n\techo.New().Start(":${NAMED_PORT}")\n}\n`,
    argv: ['./echo-server'],
    expected: { host: '0.0.0.0' },
  },
];

const java = (body: string, imports: string) =>
  `${imports}\nclass App {\n  public static void main(String[] args) throws Exception {\n    ${body}\n  }\n}\n`;

function jvm(name: string, version: string, way: keyof typeof jvmApis, imports: string, body: string): Framework {
  const file = `${way.replaceAll('.', '_')}.java`;
  return {
    package: name,
    way,
    requires: [version],
    file,
    text: java(body, imports),
    argv: ['java', '-cp', 'lib/*', file],
    expected: jvmApis[way],
  };
}

export const jvmFrameworks: readonly Framework[] = [
  jvm('io.javalin:javalin', '6.4.0', 'javalin.start', 'import io.javalin.Javalin;', 'Javalin.create().start();'),
  jvm(
    'io.vertx:vertx-core',
    '4.5.11',
    'vertx.listen',
    'import io.vertx.core.Vertx;',
    'Vertx.vertx().createHttpServer().requestHandler(r -> r.response().end()).listen();',
  ),
];
