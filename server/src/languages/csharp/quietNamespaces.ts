// Namespaces of .NET whose use may open a port. A `using` of any other does not: libraries are referenced by the project
// file, which the launcher reads too.

const opening =
  /^(?:System\.Net\.(?:Sockets|HttpListener|WebSockets)|Grpc\.Core|Prometheus|EmbedIO|Nancy|ServiceStack|SuperSocket|DotNetty|Fleck|WebSocketSharp|WatsonWebserver|CoreWCF|Orleans|Akka\.Remote)\b/;

export function isQuietCsharpNamespace(namespace: string): boolean {
  return !opening.test(namespace);
}
