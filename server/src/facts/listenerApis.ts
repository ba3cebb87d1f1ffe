// The names of the calls that open a listening socket: languages write them, `aws/frameworks` says what each does when
// the call leaves port or host out. Which arguments hold port and host is the languages' business.

export const listenerApis = [
  // Python
  'flask.run', // Flask app.run(host, port), also an app that is not seen but is given host= or port=
  'flaskSocketio.run', // socketio.run(app, host, port)
  'dash.run', // Dash app.run / app.run_server(host, port)
  'quart.run',
  'sanic.run',
  'connexion.run', // connexion app.run(port, host)
  'bottle.run', // bottle.run(app, host=, port=), Bottle().run(...)
  'uvicorn.run', // uvicorn.run and uvicorn.Config
  'hypercorn.serve', // serve(app, config) where config.bind is seen
  'waitress.serve', // serve(app, host=, port=, listen=)
  'aiohttp.runApp', // web.run_app(app, host=, port=), TCPSite(runner, host, port)
  'tornado.listen', // Application or HTTPServer .listen(port, address)
  'wsgiref.makeServer', // make_server(host, port, app)
  'werkzeug.runSimple', // run_simple(host, port, app)
  'gevent.server', // WSGIServer((host, port), app)
  'eventlet.listen', // eventlet.listen((host, port))
  'cheroot.server', // wsgi.Server((host, port), app)
  'bjoern.run', // bjoern.run(app, host, port)
  'gradio.launch', // launch(server_name=, server_port=)
  'nicegui.run', // ui.run(host=, port=)
  'fastmcp.run', // FastMCP(host=, port=).run(transport=, host=, port=)
  'python.httpServer', // http.server and socketserver classes with a (host, port) pair
  'python.socket', // socket.bind((host, port)), socket.create_server((host, port))
  'python.asyncioServer', // asyncio.start_server / loop.create_server(callback, host, port)
  'websockets.serve', // serve(handler, host, port)
  'prometheus.startHttpServer', // start_http_server(port, addr)
  'grpc.python', // server.add_insecure_port('[::]:50051')
  // JavaScript and TypeScript
  'express.listen', // also json-server and other apps that are Express apps
  'fastify.listen',
  'koa.listen',
  'nest.listen',
  'hapi.server', // Hapi.server({ port, host })
  'restify.listen',
  'polka.listen',
  'hono.serve', // serve({ fetch, port, hostname }) of @hono/node-server
  'elysia.listen',
  'bun.serve', // Bun.serve({ port, hostname })
  'deno.serve', // Deno.serve({ port, hostname })
  'oak.listen',
  'apollo.listen', // ApolloServer (2, 3) .listen({ port })
  'apollo.startStandaloneServer', // startStandaloneServer(server, { listen: { port } })
  'graphqlYoga.start', // GraphQLServer.start({ port })
  'node.http', // http(s).createServer().listen, http2
  'node.net', // net and tls servers
  'node.listen', // a listen on something that is not seen to be any of these, with a port argument
  'ws.server', // new WebSocketServer({ port, host })
  'socketio.listen', // new Server(port), io.listen(port)
  'uws.listen', // uWebSockets.js App().listen([host, ]port, callback)
  'grpc.node', // bindAsync('0.0.0.0:50051', …)
] as const;

export type ListenerApi = (typeof listenerApis)[number];
