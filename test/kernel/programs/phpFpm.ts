// php-fpm by its pools.

import { imageOf, type KernelProgram } from '../program.ts';

type Files = KernelProgram['files'];

const fpm = (name: string, pools: Files): KernelProgram => ({
  name,
  runtime: 'php-fpm8.2',
  files: {
    Dockerfile: imageOf(
      'debian:12\nRUN apt-get update && apt-get install -y php8.2-fpm',
      'CMD ["php-fpm8.2", "-F", "-R", "-y", "/srv/fpm.conf"]',
    ),
    'fpm.conf':
      '[global]\nerror_log = /tmp/steadystate-fpm.log\npid = /tmp/steadystate-fpm.pid\ninclude=/srv/pools/*.conf\n',
    ...pools,
  },
});

const pool = (listen: string) => `user = root\ngroup = root\npm = static\npm.max_children = 1\nlisten = ${listen}\n`;

export const phpFpm: readonly KernelProgram[] = [
  fpm('a pool', { 'pools/www.conf': `[www]\n${pool('5811')}` }),
  fpm('the last file wins', {
    'pools/a.conf': `[www]\n${pool('5812')}`,
    'pools/b.conf': '[www]\nlisten = 127.0.0.1:5813\n',
  }),
  fpm('two pools', { 'pools/a.conf': `[a]\n${pool('5814')}`, 'pools/b.conf': `[b]\n${pool('127.0.0.1:5815')}` }),
  fpm('a socket', { 'pools/a.conf': `[a]\n${pool('/tmp/steadystate-fpm.sock')}` }),
];
