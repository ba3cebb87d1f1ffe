// Entry scripts and shell forms around a small server.

import { imageOf, type KernelProgram } from '../program.ts';

const base = 'python:3.12-slim';
const server =
  'import sys\nfrom http.server import HTTPServer, BaseHTTPRequestHandler\nHTTPServer(("", int(sys.argv[1])), BaseHTTPRequestHandler).serve_forever()\n';

function entry(
  name: string,
  last: string,
  script: string,
  environment?: Readonly<Record<string, string>>,
): KernelProgram {
  return {
    name,
    runtime: 'python3',
    files: { Dockerfile: imageOf(base, last), 'entrypoint.sh': script, 'app.py': server },
    ...(environment && { environment }),
  };
}

const exec = 'ENTRYPOINT ["sh", "/srv/entrypoint.sh"]\nCMD ["python3", "app.py", "5401"]';

export const shell: readonly KernelProgram[] = [
  entry('a shell form with a default', 'CMD python3 -m http.server ${PORT:-5402}', ''),
  entry('a shell form, set by the task', 'CMD python3 -m http.server ${PORT:-5402}', '', { PORT: '6402' }),
  entry('exec "$@"', exec, '#!/bin/sh\nset -e\nexec "$@"\n'),
  entry(
    'a variable of the script',
    'CMD ["sh", "entrypoint.sh"]',
    '#!/bin/sh\nPORT="${PORT:-5403}"\nexec python3 -m http.server "$PORT"\n',
  ),
  entry(
    'case by a variable',
    'CMD ["sh", "entrypoint.sh"]',
    '#!/bin/sh\ncase "$STAGE" in\n  prod) port=5404 ;;\n  *) port=6404 ;;\nesac\nexec python3 -m http.server $port\n',
    { STAGE: 'prod' },
  ),
  entry(
    'if with a default',
    'CMD ["sh", "entrypoint.sh"]',
    '#!/bin/sh\nif [ -z "$PORT" ]; then\n  PORT=5405\nfi\npython3 app.py $PORT\n',
  ),
  entry('export for a child', 'CMD ["bash", "-c", "export PORT=5406; exec python3 -m http.server $PORT"]', ''),
  entry(
    'a server in the background and wait',
    'CMD ["sh", "entrypoint.sh"]',
    '#!/bin/sh\npython3 -m http.server 5407 &\npython3 -m http.server 9407 --bind 127.0.0.1 &\nwait\n',
  ),
  entry('env in front', 'CMD ["env", "PORT=5408", "sh", "-c", "python3 -m http.server $PORT"]', ''),
];
