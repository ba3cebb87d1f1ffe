// Runs a command in a network of its own and reads from the kernel which sockets it listens on.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Socket {
  readonly port: number;
  /** Reachable from inside the container only. */
  readonly loopback: boolean;
}

export interface Started {
  readonly sockets: readonly Socket[];
  /** What the program wrote, for messages. */
  readonly output: string;
}

/** The folder that a program's files are mounted on. */
export const WORKING_DIRECTORY = '/srv';

const LISTEN = '0A';
const POLL = 100;
/** Quiet for so long, a program has opened what it opens. */
const SETTLED = 500;
const LONGEST = 20_000;
/** For programs that should open nothing. */
const LONGEST_SILENCE = 2_500;

/** Whether this machine lets the suite give each program a network and a folder of its own. */
export function canIsolate(): boolean {
  return spawnSync('unshare', ['-mn', 'ip', 'link', 'set', 'lo', 'up']).status === 0;
}

export function hasCommand(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

/** Shell text that puts a folder where the image has its program. */
const MOUNT = `mount --bind "$0" ${WORKING_DIRECTORY} && ip link set lo up && cd ${WORKING_DIRECTORY} && exec "$@"`;

/** Runs a build command where the image would. */
export function build(folder: string, command: string): void {
  const { status, stderr } = spawnSync('unshare', ['-mn', 'sh', '-c', MOUNT, folder, 'sh', '-c', command], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the build failed: ${stderr}`);
}

/** Starts argv and watches its sockets until as many as expected are there and no more come. */
export async function listen(
  folder: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>>,
  expected: number,
): Promise<Started> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn('unshare', ['-mn', 'sh', '-c', MOUNT, folder, ...argv], {
    env: { PATH, HOME, ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  try {
    const sockets = await watch(child, expected);
    return { sockets, output };
  } finally {
    stop(child);
  }
}

async function watch(child: ChildProcess, expected: number): Promise<readonly Socket[]> {
  const longest = expected === 0 ? LONGEST_SILENCE : LONGEST;
  let found: readonly Socket[] = [];
  let quiet = 0;
  for (let waited = 0; waited < longest; waited += POLL) {
    await sleep(POLL);
    if (child.exitCode !== null) break;
    const now = socketsOf(child.pid ?? 0);
    quiet = JSON.stringify(now) === JSON.stringify(found) ? quiet + POLL : 0;
    found = now;
    if (found.length >= Math.max(expected, 1) && quiet >= SETTLED) break;
  }
  return found;
}

function stop({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html */
function socketsOf(pid: number): readonly Socket[] {
  const sockets = ['tcp', 'tcp6'].flatMap((table) => {
    const lines = readTable(`/proc/${pid}/net/${table}`).split('\n').slice(1);
    return lines.flatMap((line) => {
      const [, local = '', , state] = line.trim().split(/\s+/);
      const [address = '', port = ''] = local.split(':');
      if (state !== LISTEN) return [];
      return [{ port: Number.parseInt(port, 16), loopback: isLoopback(address) }];
    });
  });
  const byPort = new Map<number, Socket>();
  for (const socket of sockets) {
    const other = byPort.get(socket.port);
    byPort.set(socket.port, other ? { ...socket, loopback: socket.loopback && other.loopback } : socket);
  }
  return [...byPort.values()].sort((a, b) => a.port - b.port);
}

function readTable(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Addresses stand in the machine's byte order, four bytes at a time. */
function isLoopback(address: string): boolean {
  if (address.length === 8) return address.endsWith('7F');
  return address === '00000000000000000000000001000000' || /^0{16}FFFF0000[0-9A-F]{6}7F$/.test(address);
}
