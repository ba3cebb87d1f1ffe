// Which ports an ASP.NET Core program opens. Endpoints of Kestrel, in code or settings, replace all addresses; else the
// strongest list of addresses counts: of the app, of UseUrls, of the settings, then ports alone, then the default.
// https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints

import type { Location } from '../../base/text.ts';
import type { ListenedPort, Listens } from '../../facts/listens.ts';
import type { Step } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { evaluate } from '../evaluate.ts';
import type { Evaluated, Evaluation } from '../evaluated.ts';
import { wordOf } from '../evaluated.ts';
import { evaluateListener } from '../listenCall.ts';
import { printExpression } from '../printExpression.ts';
import { distinct, type ListenCall } from '../program.ts';
import { step } from '../text.ts';
import { fromEnvironment, readSetting, settingsFiles, textOf } from './settings.ts';
import { numberPorts, type UrlPorts, urlPorts } from './urls.ts';

interface Server {
  readonly evaluation: Evaluation;
  readonly calls: readonly ListenCall[];
  readonly trail: readonly Step[];
  /** The call that makes the web server. */
  readonly at: Location;
}

/** What one way of naming ports says; undefined where it says nothing. */
type Said = Listens | undefined;

export function aspnetListens(evaluation: Evaluation, calls: readonly ListenCall[], trail: readonly Step[]): Listens {
  const host = calls.find(({ listener }) => listener.api.id === 'aspnet.host');
  const at = host?.listener.at ?? { uri: '', span: { start: 0, end: 0 } };
  const server: Server = { evaluation, calls, trail, at };
  return (
    kestrelEndpoints(server) ??
    addressCalls(server, 'aspnet.appUrls') ??
    useUrls(server) ??
    settingUrls(server) ??
    settingPorts(server) ??
    defaultPort(server)
  );
}

function unknown({ trail }: Server, reason: string, because: readonly Step[] = trail): Listens {
  return { state: 'unknown', reason, because };
}

function listening({ trail }: Server, ports: readonly ListenedPort[]): Listens {
  return ports.length > 0 ? { state: 'known', ports: distinct(ports) } : { state: 'none', because: trail };
}

function openCondition(server: Server, call: ListenCall): Listens {
  const file = server.evaluation.shownPath(call.listener.at.uri);
  return unknown(server, `whether a listen call in ${file} runs depends on what is not in view`);
}

/** Endpoints of code and of settings together. */
function kestrelEndpoints(server: Server): Said {
  const ports: ListenedPort[] = [];
  const own = server.calls.filter(({ listener }) => listener.api.id.startsWith('kestrel.'));
  for (const { listener, frame, certain } of own) {
    if (!certain) return openCondition(server, { listener, frame, certain });
    const opened = evaluateListener(server.evaluation, listener, frame, server.trail);
    if (opened.kind === 'open') return unknown(server, opened.reason, opened.because);
    if (opened.kind === 'port') ports.push(opened.port);
  }
  const names = endpointNames(server.evaluation);
  let found = own.length > 0;
  for (const name of names) {
    const url = readSetting(server.evaluation, `Kestrel:Endpoints:${name}:Url`, server.at);
    const said = saidBy(server, url, urlPorts);
    if (said === undefined) continue;
    if (said.state === 'unknown') return said;
    found = true;
    if (said.state === 'known') ports.push(...said.ports);
  }
  return found ? listening(server, ports) : undefined;
}

/** Endpoints may be named anyhow; variables can only be asked for names that people give. */
const usualEndpoints = ['Http', 'Https', 'Grpc', 'gRPC', 'Http2', 'Default'];

function endpointNames(evaluation: Evaluation): readonly string[] {
  const names = new Map<string, string>();
  for (const { file } of settingsFiles(evaluation)) {
    for (const { key } of file.entries) {
      const name = /^kestrel\.endpoints\.([^.]+)\./i.exec(key)?.[1];
      if (name !== undefined) names.set(name.toLowerCase(), name);
    }
  }
  for (const name of usualEndpoints) {
    const isNamed = [name, name.toUpperCase()].some((spelling) =>
      ['Kestrel__Endpoints__', 'KESTREL__ENDPOINTS__', 'kestrel__endpoints__'].some(
        (prefix) =>
          evaluation.environment.named(`${prefix}${spelling}__Url`) ||
          evaluation.environment.named(`${prefix}${spelling}__URL`),
      ),
    );
    if (isNamed && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}

/** A setting's value as ports. */
function saidBy(server: Server, result: Evaluated, read: (...given: Parameters<typeof urlPorts>) => UrlPorts): Said {
  if (result.kind === 'unknown') {
    return unknown(server, result.reason ?? `\`${result.text}\` cannot be evaluated`);
  }
  const word = textOf(result);
  if (word === undefined) return undefined;
  const found = read(word, server.trail);
  if (found.kind === 'invalid') return unknown(server, `\`${found.text}\` names no port for ASP.NET Core`);
  return listening(server, found.ports);
}

/** The addresses that calls of one kind name, one after the other. */
function addressCalls(server: Server, api: string): Said {
  const ports: ListenedPort[] = [];
  const calls = server.calls.filter(({ listener }) => listener.api.id === api);
  for (const call of calls) {
    const { listener, frame, certain } = call;
    if (listener.address === undefined) continue;
    if (!certain) return openCondition(server, call);
    const result = evaluate(server.evaluation, listener.address, frame);
    const text = printExpression(listener.address, frame.module.program.language);
    if (result.kind !== 'scalar' || result.value === null) {
      const cause = result.kind === 'unknown' && result.reason !== undefined ? `: ${result.reason}` : '';
      const file = server.evaluation.shownPath(listener.at.uri);
      return unknown(server, `the address \`${text}\` in ${file} cannot be decided${cause}`);
    }
    const hop = step(listener.address.at, text);
    const found = urlPorts(wordOf(result), [...server.trail, hop]);
    if (found.kind === 'invalid') return unknown(server, `\`${found.text}\` names no port for ASP.NET Core`);
    ports.push(...found.ports);
  }
  return calls.length > 0 ? listening(server, ports) : undefined;
}

/** UseUrls beats the variables; which of it and a setting wins depends on the kind of host. */
function useUrls(server: Server): Said {
  const said = addressCalls(server, 'aspnet.useUrls');
  if (said?.state !== 'known') return said;
  const setting = strongUrls(server);
  const isSame = setting === undefined || (setting.state === 'known' && samePorts(setting.ports, said.ports));
  return isSame ? said : unknown(server, 'UseUrls and the settings name different addresses');
}

function samePorts(left: readonly ListenedPort[], right: readonly ListenedPort[]): boolean {
  const numbers = (ports: readonly ListenedPort[]) => ports.map(({ port }) => port.value).join();
  return numbers(left) === numbers(right);
}

/** `--urls`, URLS and appsettings, without the variables of the host. */
function strongUrls(server: Server): Said {
  const all = readSetting(server.evaluation, 'urls', server.at);
  const host = ['DOTNET_', 'ASPNETCORE_'].map((prefix) =>
    fromEnvironment(server.evaluation, 'urls', prefix, server.at),
  );
  const isHost = host.some((value) => value?.kind === 'scalar' && all.kind === 'scalar' && value.at === all.at);
  return isHost ? undefined : saidBy(server, all, urlPorts);
}

function settingUrls(server: Server): Said {
  return saidBy(server, readSetting(server.evaluation, 'urls', server.at), urlPorts);
}

/** https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints#specify-ports-only */
function settingPorts(server: Server): Said {
  const ports: ListenedPort[] = [];
  for (const key of ['http_ports', 'https_ports']) {
    const said = saidBy(server, readSetting(server.evaluation, key, server.at), numberPorts);
    if (said?.state === 'unknown') return said;
    if (said?.state === 'known') ports.push(...said.ports);
  }
  return ports.length > 0 ? listening(server, ports) : undefined;
}

function defaultPort(server: Server): Listens {
  const hop = step(server.at, 'ASP.NET Core listens on localhost:5000 when nothing names an address');
  const port = known(5000, server.at, [hop]);
  return listening(server, [{ port, host: known('localhost', server.at, [hop]), because: [...server.trail, hop] }]);
}
