// Envoy and Traefik: listeners of their YAML configuration and of their command line.

import type { ConfigEntry } from '../../facts/configFile.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { ListenedPort } from '../../facts/listens.ts';
import type { Known, Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { knownPort, normalizeHost, parseAddress } from '../address.ts';
import { argumentsOf, workspaceFile } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { serverPorts } from '../serverPorts.ts';
import { step } from '../text.ts';
import { wordFrom } from '../words.ts';

/** https://www.envoyproxy.io/docs/envoy/latest/operations/cli; the image's own file is /etc/envoy/envoy.yaml. */
export const envoy: Launcher = {
  id: 'envoy',
  runs: (command) => command === 'envoy',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [
        ['--config-path', '-c'],
        ['--config-yaml'],
        ['--log-level', '-l'],
        ['--service-cluster'],
        ['--service-node'],
        ['--base-id'],
        ['--concurrency'],
        ['--mode'],
      ],
    });
    if (flags.last('--config-yaml') !== undefined)
      return unknownOutcome(process, 'the inline configuration of Envoy is not read');
    const file = flags.last('--config-path') ?? known('/etc/envoy/envoy.yaml', placeOf(process));
    const entries = file.state === 'known' ? entriesOf(process, file.value) : undefined;
    if (entries === undefined) return unknownOutcome(process, "Envoy's configuration is not among the files in view");
    const ports: ListenedPort[] = [];
    for (const { key, value } of entries) {
      const base = /^((?:static_resources\.listeners\[\d+\]|admin)\.address\.socket_address)\.port_value$/.exec(
        key,
      )?.[1];
      if (base === undefined) continue;
      const port = value.state === 'known' ? knownPort(value) : undefined;
      if (port === undefined) return unknownOutcome(process, `\`${key}\` of Envoy's configuration is open`);
      const protocol = settingAt(entries, `${base}.protocol`);
      if (protocol?.state === 'known' && protocol.value === 'UDP') continue;
      ports.push(listened(process, port, settingAt(entries, `${base}.address`), `${key}: ${port.value}`));
    }
    return ports.length === 0
      ? unknownOutcome(process, "Envoy's listeners come from elsewhere")
      : serverPorts(process, ports);
  },
};

/** https://doc.traefik.io/traefik/routing/entrypoints/ */
export const traefik: Launcher = {
  id: 'traefik',
  runs: (command) => command === 'traefik',
  resolve(process) {
    const words = argumentsOf(process);
    const ports: ListenedPort[] = [];
    let hasApi = false;
    let file: Value<string> | undefined;
    for (const word of words) {
      if (word.state !== 'known') return unknownOutcome(process, 'the arguments of Traefik are open');
      const option = /^--?(entrypoints\.[\w-]+\.address|configfile|api\.insecure)(?:=|$)/i.exec(word.value);
      if (option === null) continue;
      const value = wordFrom(word, option[0].length);
      const name = option[1]?.toLowerCase() ?? '';
      if (name === 'configfile') file = value;
      else if (name === 'api.insecure') hasApi = value.state === 'known' && value.value !== 'false';
      else if (value.state === 'known' && !/\/udp$/.test(value.value)) {
        const port = entryPoint(process, value, word.value);
        if (port === undefined) return unknownOutcome(process, `\`${word.value}\` names no port for Traefik`);
        ports.push(port);
      }
    }
    const path = file?.state === 'known' ? file.value : '/etc/traefik/traefik.yml';
    const entries =
      entriesOf(process, path) ?? (file === undefined ? entriesOf(process, '/etc/traefik/traefik.yaml') : undefined);
    if (file !== undefined && entries === undefined)
      return unknownOutcome(process, "Traefik's configuration is not among the files in view");
    for (const { key, value } of entries ?? []) {
      if (/^api\.insecure$/i.test(key)) hasApi = value.state === 'known' && value.value === 'true';
      if (!/^entryPoints\.[\w-]+\.address$/i.test(key)) continue;
      const port = value.state === 'known' ? entryPoint(process, value, `${key}: ${value.value}`) : undefined;
      if (port === undefined) return unknownOutcome(process, `\`${key}\` of Traefik's configuration is open`);
      ports.push(port);
    }
    if (ports.length === 0) ports.push(byDefault(process, 80));
    if (hasApi) ports.push(byDefault(process, 8080));
    return serverPorts(process, ports);
  },
};

function placeOf(process: ContainerProcess) {
  return process.argv[0]?.at ?? { uri: '', span: { start: 0, end: 0 } };
}

function entriesOf(process: ContainerProcess, path: string): readonly ConfigEntry[] | undefined {
  const uri = workspaceFile(process, path);
  const file = uri === undefined ? undefined : factOf(process.files.facts(uri, 'configFile'), 'configFile');
  return file?.complete ? file.entries : undefined;
}

function settingAt(entries: readonly ConfigEntry[], key: string): Value<string> | undefined {
  return entries.find((entry) => entry.key === key)?.value;
}

function entryPoint(process: ContainerProcess, value: Known<string>, text: string): ListenedPort | undefined {
  const address = parseAddress({ ...value, value: value.value.replace(/\/tcp$/, '') });
  return address.kind === 'port' ? listened(process, address.port, address.host, text) : undefined;
}

function listened(
  process: ContainerProcess,
  port: Known<number>,
  host: Value<string> | undefined,
  text: string,
): ListenedPort {
  const trail = [...(port.trail ?? []), step(port.at, text)];
  const bound =
    host === undefined
      ? known('0.0.0.0', port.at)
      : host.state === 'known'
        ? { ...host, value: normalizeHost(host.value) }
        : host;
  return { port: { ...port, trail }, host: bound, because: [...process.trail, ...trail] };
}

function byDefault(process: ContainerProcess, port: number): ListenedPort {
  const at = placeOf(process);
  return listened(process, known(port, at), undefined, `Traefik listens on ${port} by default`);
}
