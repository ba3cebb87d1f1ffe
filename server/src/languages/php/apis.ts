// The calls of PHP libraries that open a listening socket, and what each does when it leaves port or host out. Read in the
// documentation named, November 2026.

import { EVERYWHERE, type ListenerApiTable, LOOPBACK, listenerApis } from '../../facts/listenerApi.ts';

const table = {
  /** new Swoole\Http\Server('0.0.0.0', 9501) */
  'swoole.server': {
    name: 'Swoole',
    host: EVERYWHERE,
    source: 'https://wiki.swoole.com/en/#/server/methods?id=__construct',
  },
  /** new React\Socket\SocketServer('127.0.0.1:8080') */
  'react.socket': { name: 'ReactPHP', host: LOOPBACK, source: 'https://reactphp.org/socket/#socketserver' },
  /** new Workerman\Worker('http://0.0.0.0:8080') */
  'workerman.worker': {
    name: 'Workerman',
    host: EVERYWHERE,
    source: 'https://manual.workerman.net/doc/en/worker/construct.html',
  },
  /** IoServer::factory($component, 8080, '0.0.0.0') */
  'ratchet.ioServer': {
    name: 'Ratchet',
    port: 80,
    host: EVERYWHERE,
    source: 'https://github.com/ratchetphp/Ratchet src/Ratchet/Server/IoServer.php',
  },
  /** new Ratchet\App('localhost', 8080, '127.0.0.1') */
  'ratchet.app': {
    name: 'Ratchet',
    port: 8080,
    host: LOOPBACK,
    source: 'https://github.com/ratchetphp/Ratchet src/Ratchet/App.php',
  },
  /** stream_socket_server('tcp://0.0.0.0:8000') */
  'php.streamSocketServer': {
    name: 'stream_socket_server',
    host: EVERYWHERE,
    source: 'https://www.php.net/manual/en/function.stream-socket-server.php',
  },
  /** socket_bind($socket, '0.0.0.0', 8000) */
  'php.socketBind': { name: 'socket_bind', source: 'https://www.php.net/manual/en/function.socket-bind.php' },
  /** $server->expose('0.0.0.0:1337') */
  'amp.expose': { name: 'Amp', host: EVERYWHERE, source: 'https://amphp.org/http-server' },
} as const satisfies ListenerApiTable;

export const phpApis = listenerApis(table);
