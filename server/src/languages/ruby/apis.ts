// The calls of Ruby libraries that open a listening socket, and what each does when it leaves port or host out. Read in the
// sources of the versions named, November 2026.

import { EVERYWHERE, type ListenerApiTable, listenerApis } from '../../facts/listenerApi.ts';

const socket = 'https://docs.ruby-lang.org/en/3.4/TCPServer.html';

const table = {
  /** A classic application, or run! of a modular one; its settings are read as `settings.port` and `settings.bind` */
  'sinatra.run': { name: 'Sinatra', port: 4567, source: 'https://github.com/sinatra/sinatra 4.1 lib/sinatra/base.rb' },
  /** TCPServer.new('0.0.0.0', 2000), TCPServer.new(2000) */
  'ruby.tcpServer': { name: 'TCPServer', host: EVERYWHERE, source: socket },
  /** WEBrick::HTTPServer.new(Port: 8000, BindAddress: '0.0.0.0') */
  'webrick.server': {
    name: 'WEBrick',
    port: 80,
    host: EVERYWHERE,
    source: 'https://github.com/ruby/webrick lib/webrick/config.rb',
  },
  /** Rack::Handler::Puma.run(app, Port: 80, Host: '0.0.0.0'), Rackup::Server.start(Port: 80) */
  'rack.handler': { name: 'Rack', source: 'https://github.com/rack/rackup' },
  /** Thin::Server.start('0.0.0.0', 3000, app) */
  'thin.server': { name: 'Thin', port: 3000, host: EVERYWHERE, source: 'https://github.com/macournoyer/thin' },
  /** EventMachine.start_server('0.0.0.0', 8081, Handler) */
  'eventmachine.server': { name: 'EventMachine', source: 'https://github.com/eventmachine/eventmachine' },
  /** server.add_http2_port('0.0.0.0:50051', :this_port_is_insecure) */
  'grpc.ruby': { name: 'gRPC', source: 'https://grpc.io/docs/languages/ruby/basics/' },
} as const satisfies ListenerApiTable;

export type RubyApi = keyof typeof table;

export const rubyApis = listenerApis(table);
