// The calls of .NET that open a listening socket, or decide which ones ASP.NET Core opens. How those of ASP.NET Core beat
// each other is left to `launch/launchers/dotnet.ts`. Read in the sources of .NET 8 and 9, November 2026.

import { EVERYWHERE, type ListenerApiTable, LOOPBACK, listenerApis } from '../../facts/listenerApi.ts';

const hostUrls = 'https://learn.microsoft.com/aspnet/core/fundamentals/host/web-host#server-urls';
const kestrel = 'https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints';

const table = {
  /** WebApplication.CreateBuilder(args), ConfigureWebHostDefaults(…): a web server is started */
  'aspnet.host': { name: 'ASP.NET Core', port: 5000, host: 'localhost', source: kestrel },
  /** app.Run("http://*:5000"), app.Urls.Add("http://*:5000"): they beat every setting */
  'aspnet.appUrls': { name: 'ASP.NET Core', source: hostUrls },
  /** UseUrls("http://*:5000") */
  'aspnet.useUrls': { name: 'ASP.NET Core', source: hostUrls },
  /** options.ListenAnyIP(5000) */
  'kestrel.listenAnyIP': { name: 'Kestrel', host: EVERYWHERE, source: kestrel },
  /** options.ListenLocalhost(5000) */
  'kestrel.listenLocalhost': { name: 'Kestrel', host: 'localhost', source: kestrel },
  /** options.Listen(IPAddress.Any, 5000) */
  'kestrel.listen': { name: 'Kestrel', host: EVERYWHERE, source: kestrel },
  /** options.ListenUnixSocket("/tmp/app.sock") */
  'kestrel.listenUnixSocket': { name: 'Kestrel', source: kestrel },
  /** new TcpListener(IPAddress.Any, 5000) */
  'dotnet.tcpListener': {
    name: 'TcpListener',
    host: EVERYWHERE,
    source: 'https://learn.microsoft.com/dotnet/api/system.net.sockets.tcplistener',
  },
  /** listener.Prefixes.Add("http://+:8080/") */
  'dotnet.httpListener': {
    name: 'HttpListener',
    source: 'https://learn.microsoft.com/dotnet/api/system.net.httplistener',
  },
  /** new ServerPort("0.0.0.0", 50051, …) of Grpc.Core */
  'grpc.dotnet': {
    name: 'gRPC',
    host: LOOPBACK,
    source: 'https://grpc.github.io/grpc/csharp/api/Grpc.Core.ServerPort.html',
  },
} as const satisfies ListenerApiTable;

export type CsharpApi = keyof typeof table;

export const csharpApis = listenerApis(table);
