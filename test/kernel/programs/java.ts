// Java programs, on the classes of the JDK alone: compiled in the image, or started from their source.

import { imageOf, type KernelProgram } from '../program.ts';

const base = 'eclipse-temurin:17';

function source(
  name: string,
  lines: readonly string[],
  more: Partial<KernelProgram> = {},
  last = 'CMD ["java", "Server.java"]',
): KernelProgram {
  const body = lines.map((line) => `        ${line}\n`).join('');
  const text = `import com.sun.net.httpserver.HttpServer;\nimport java.net.InetSocketAddress;\nimport java.net.ServerSocket;\n\npublic class Server {\n    public static void main(String[] args) throws Exception {\n${body}    }\n}\n`;
  return {
    name,
    runtime: 'javac',
    files: { Dockerfile: imageOf(base, last), 'Server.java': text, ...more.files },
    ...(more.environment && { environment: more.environment }),
    ...(more.build !== undefined && { build: more.build }),
  };
}

function compiled(name: string, lines: readonly string[], command: string, more: Partial<KernelProgram> = {}) {
  const build = 'javac -d out Server.java';
  return source(name, lines, { ...more, build }, `RUN ${build}\nCMD ${command}`);
}

const serve = (address: string) => `HttpServer.create(${address}, 0).start();`;

export const java: readonly KernelProgram[] = [
  source('HttpServer started from its source', [serve('new InetSocketAddress(5701)')]),
  source('loopback', [serve('new InetSocketAddress("127.0.0.1", 5702)')]),
  source('ServerSocket', ['var server = new ServerSocket(5703);', 'while (true) server.accept().close();']),
  source(
    'a variable of the task',
    [
      'int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "5704"));',
      serve('new InetSocketAddress("0.0.0.0", port)'),
    ],
    { environment: { PORT: '6704' } },
  ),
  compiled('a class on the class path', [serve('new InetSocketAddress(5705)')], '["java", "-cp", "out", "Server"]'),
  compiled(
    'a system property',
    ['int port = Integer.getInteger("port", 5706);', serve('new InetSocketAddress(port)')],
    '["java", "-Dport=6706", "-cp", "out", "Server"]',
  ),
  compiled(
    'the default of a system property',
    ['int port = Integer.parseInt(System.getProperty("server.port", "5707"));', serve('new InetSocketAddress(port)')],
    '["java", "-cp", "out", "Server"]',
  ),
  compiled(
    'a variable with a default',
    [
      'String port = System.getenv("PORT") != null ? System.getenv("PORT") : "5708";',
      serve('new InetSocketAddress(Integer.parseInt(port))'),
    ],
    '["java", "-cp", "out", "Server"]',
  ),
  compiled(
    'an argument',
    ['int port = args.length > 0 ? Integer.parseInt(args[0]) : 5709;', serve('new InetSocketAddress(port)')],
    '["java", "-cp", "out", "Server", "6709"]',
  ),
];
