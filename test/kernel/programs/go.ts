// Go programs, on the standard library alone, built in a first stage.

import type { KernelProgram } from '../program.ts';

function binary(
  name: string,
  imports: readonly string[],
  body: string,
  more: Partial<KernelProgram> = {},
  last = 'CMD ["./server"]',
): KernelProgram {
  const list = imports.map((path) => `\t${path.replace(/\S+$/, '"$&"')}\n`).join('');
  return {
    name,
    runtime: 'go',
    build: 'go build -o server .',
    files: {
      Dockerfile: `FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o server .\n\nFROM debian:12-slim\nWORKDIR /srv\nCOPY --from=build /src/server ./server\n${last}\n`,
      'go.mod': 'module example.com/shop\n\ngo 1.21\n',
      'main.go': `package main\n\nimport (\n${list})\n\n${body}`,
      ...more.files,
    },
    ...(more.environment && { environment: more.environment }),
  };
}

const getenv =
  'func getenv(name, fallback string) string {\n\tif value := os.Getenv(name); value != "" {\n\t\treturn value\n\t}\n\treturn fallback\n}\n';
const main = (...lines: readonly string[]) => `func main() {\n${lines.map((line) => `\t${line}\n`).join('')}}\n`;

export const go: readonly KernelProgram[] = [
  binary('a literal address', ['net/http'], main('http.ListenAndServe(":5501", nil)')),
  binary('loopback', ['log', 'net/http'], main('log.Fatal(http.ListenAndServe("127.0.0.1:5502", nil))')),
  binary('localhost by name', ['net/http'], main('panic(http.ListenAndServe("localhost:5503", http.NewServeMux()))')),
  binary(
    'a Server',
    ['net/http', 'time'],
    main(
      'server := &http.Server{',
      '\tAddr:        "0.0.0.0:5504",',
      '\tReadTimeout: 5 * time.Second,',
      '}',
      'server.ListenAndServe()',
    ),
  ),
  binary(
    'a variable with a default',
    ['net/http', 'os'],
    main('port := os.Getenv("PORT")', 'if port == "" {', '\tport = "5505"', '}', 'http.ListenAndServe(":"+port, nil)'),
  ),
  binary(
    'the same variable, set by the task',
    ['net/http', 'os'],
    main('port := os.Getenv("PORT")', 'if port == "" {', '\tport = "5505"', '}', 'http.ListenAndServe(":"+port, nil)'),
    { environment: { PORT: '6505' } },
  ),
  binary(
    'a helper for variables',
    ['net/http', 'os'],
    `${getenv}\n${main('http.ListenAndServe(getenv("HOST", "127.0.0.1")+":"+getenv("PORT", "5506"), nil)')}`,
    { environment: { HOST: '0.0.0.0' } },
  ),
  binary(
    'settings in a package of the module',
    ['net/http', 'example.com/shop/internal/config'],
    main('settings := config.Load()', 'http.ListenAndServe(settings.Address(), nil)'),
    {
      files: {
        'internal/config/config.go': `package config\n\nimport (\n\t"fmt"\n\t"os"\n)\n\ntype Config struct {\n\tHost string\n\tPort string\n}\n\nfunc Load() Config {\n\treturn Config{Host: getenv("HOST", "0.0.0.0"), Port: getenv("PORT", "5507")}\n}\n\nfunc (c Config) Address() string {\n\treturn fmt.Sprintf("%s:%s", c.Host, c.Port)\n}\n\n${getenv}`,
      },
    },
  ),
  binary(
    'a flag of the command',
    ['flag', 'fmt', 'net/http'],
    main('port := flag.Int("port", 5508, "")', 'flag.Parse()', 'http.ListenAndServe(fmt.Sprintf(":%d", *port), nil)'),
    {},
    'ENTRYPOINT ["./server"]\nCMD ["-port", "6508"]',
  ),
  binary(
    'the default of a flag',
    ['flag', 'net/http'],
    main(
      'var address string',
      'flag.StringVar(&address, "listen", "localhost:5509", "")',
      'flag.Parse()',
      'http.ListenAndServe(address, nil)',
    ),
  ),
  binary(
    'two listeners, one for profiles on loopback',
    ['net/http', '_ net/http/pprof'],
    main(
      'go func() {',
      '\thttp.ListenAndServe("localhost:6060", nil)',
      '}()',
      'http.ListenAndServe(":5510", http.NewServeMux())',
    ),
  ),
  binary(
    'net.Listen and Serve',
    ['fmt', 'net', 'net/http'],
    `const port = 5511\n\n${main(
      'listener, err := net.Listen("tcp", fmt.Sprintf("0.0.0.0:%d", port))',
      'if err != nil {',
      '\tpanic(err)',
      '}',
      'http.Serve(listener, nil)',
    )}`,
  ),
  binary(
    'a number from the environment',
    ['fmt', 'net/http', 'os', 'strconv'],
    main(
      'port, err := strconv.Atoi(os.Getenv("PORT"))',
      'if err != nil {',
      '\tport = 5512',
      '}',
      'http.ListenAndServe(fmt.Sprintf(":%d", port), nil)',
    ),
    { environment: { PORT: '6512' } },
  ),
  binary(
    'a plain socket in a loop',
    ['net'],
    main(
      'listener, _ := net.Listen("tcp4", "127.0.0.1:5513")',
      'for {',
      '\tconnection, _ := listener.Accept()',
      '\tconnection.Close()',
      '}',
    ),
  ),
  binary('a worker', ['time'], main('for {', '\ttime.Sleep(time.Second)', '}')),
];
