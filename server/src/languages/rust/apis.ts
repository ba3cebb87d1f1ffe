// The calls of Rust crates that open a listening socket: what each does when it leaves the address out. Which of their
// arguments holds the address stands in `listeners.ts`. Read in the documentation named, November 2026.

import { type ListenerApiTable, LOOPBACK, listenerApis } from '../../facts/listenerApi.ts';

const table = {
  /** std::net, tokio, async-std */
  'tcp.bind': { name: 'TcpListener', source: 'https://doc.rust-lang.org/std/net/struct.TcpListener.html#method.bind' },
  'actix.bind': {
    name: 'Actix Web',
    source: 'https://docs.rs/actix-web/latest/actix_web/struct.HttpServer.html#method.bind',
  },
  /** axum::Server, hyper::Server */
  'hyper.bind': { name: 'hyper', source: 'https://docs.rs/hyper/0.14/hyper/server/struct.Server.html#method.bind' },
  'axumServer.bind': { name: 'axum-server', source: 'https://docs.rs/axum-server/latest/axum_server/fn.bind.html' },
  'warp.run': { name: 'warp', source: 'https://docs.rs/warp/latest/warp/struct.Server.html#method.run' },
  'tonic.serve': {
    name: 'tonic',
    source: 'https://docs.rs/tonic/latest/tonic/transport/server/struct.Router.html#method.serve',
  },
  'tide.listen': { name: 'Tide', source: 'https://docs.rs/tide/latest/tide/struct.Server.html#method.listen' },
  'server.start': { name: 'the server', source: 'https://docs.rs/gotham/latest/gotham/fn.start.html' },
  rocket: {
    name: 'Rocket',
    port: 8000,
    host: LOOPBACK,
    portVariables: ['ROCKET_PORT'],
    hostVariables: ['ROCKET_ADDRESS'],
    source: 'https://rocket.rs/guide/v0.5/configuration/',
  },
} satisfies ListenerApiTable;

export const rustApis = listenerApis(table);

export type RustApi = keyof typeof table;
