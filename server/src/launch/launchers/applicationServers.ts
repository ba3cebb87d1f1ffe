// Application servers that name their addresses in a file of their own: RoadRunner, NGINX Unit, and Pyramid's pserve.

import type { ConfigFile } from '../../facts/configFile.ts';
import type { Known, Value } from '../../facts/value.ts';
import { parseIni } from '../../syntax/ini.ts';
import { argumentsOf, bindsListen, containerPath, serverListens } from '../argv.ts';
import { containerTexts } from '../containerTexts.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { dataFile, dataValue } from '../settingsFiles.ts';
import { step, wordText } from '../text.ts';
import { sliceWord } from '../words.ts';

/** `rr serve -c .rr.yaml -o http.address=:8080`. https://docs.roadrunner.dev/docs/http/http */
export const roadrunner: Launcher = {
  id: 'roadrunner',
  runs: (command) => command === 'rr',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), { valued: [['-c'], ['-o'], ['-w'], ['--dotenv']] });
    const [command] = flags.positionals;
    if (command?.state !== 'known' || command.value !== 'serve' || flags.open !== undefined) {
      return unknownOutcome(
        process,
        `what \`rr ${command === undefined ? '' : wordText(command)}\` listens on is not known`,
      );
    }
    const override = flags.all('-o').findLast((word) => wordText(word).startsWith('http.address='));
    if (override?.state === 'known') {
      const address = { ...override, value: override.value.slice('http.address='.length) };
      return bindsListen(process, 'RoadRunner', [address], roadrunnerDefaults);
    }
    const named = flags.last('-c');
    const file = dataFile(process, named?.state === 'known' ? named.value : '.rr.yaml');
    const addresses = ['http.address', 'grpc.listen'].flatMap((key) => dataValue(process, file, key) ?? []);
    if (file?.complete !== true || addresses.length === 0) {
      return unknownOutcome(process, 'the configuration of RoadRunner is not in view or names no address');
    }
    return bindsListen(process, 'RoadRunner', addresses.map(withoutScheme), roadrunnerDefaults);
  },
};

/** An address always names its port. */
const roadrunnerDefaults = { port: 0, host: '0.0.0.0' };

function withoutScheme(address: Value<string>): Value<string> {
  return address.state === 'known' ? { ...address, value: address.value.replace(/^tcp:\/\//, '') } : address;
}

/** The listeners of the configuration that the image's entry script loads. https://unit.nginx.org/howto/docker/ */
export const unit: Launcher = {
  id: 'unit',
  runs: (command) => command === 'unitd' || command === 'unitd-debug',
  resolve(process) {
    const folder = '/docker-entrypoint.d';
    const files = containerTexts(process)
      .list(folder)
      .filter((path) => path.endsWith('.json'));
    const configurations = files.flatMap((path) => dataFile(process, path) ?? []);
    if (configurations.length < files.length || configurations.some(({ complete }) => !complete)) {
      return unknownOutcome(process, `the configuration of NGINX Unit in ${folder} could not be read`);
    }
    const addresses = configurations.flatMap((file) => listenersOf(process, file));
    if (addresses.length > 0) return bindsListen(process, 'NGINX Unit', addresses, unitDefaults);
    if (files.length > 0)
      return unknownOutcome(process, `the configuration of NGINX Unit in ${folder} names no listener`);
    // Without any, the entry script shows a page of welcome.
    return serverListens(process, { server: 'NGINX Unit', port: undefined, host: undefined, defaults: unitDefaults });
  },
};

const unitDefaults = { port: 80, host: '0.0.0.0' };

/** The keys of `listeners`: `*:8080`, `127.0.0.1:80`. */
function listenersOf(process: ContainerProcess, file: ConfigFile): readonly Known<string>[] {
  const addresses = new Map<string, Known<string>>();
  for (const { key, value } of file.entries) {
    const address = /^listeners\.(.+?:\d+)(?:\.|$)/.exec(key)?.[1];
    if (address === undefined || addresses.has(address)) continue;
    const trail = [step(value.at, `${process.shownPath(value.at.uri)} listeners ${address}`)];
    addresses.set(address, { state: 'known', value: address.replace(/^\*/, '0.0.0.0'), at: value.at, trail });
  }
  return [...addresses.values()];
}

/** `pserve production.ini`: its table `server:main`. https://docs.pylonsproject.org/projects/pyramid/en/latest/pscripts/pserve.html */
export const pserve: Launcher = {
  id: 'pserve',
  runs: (command) => command === 'pserve',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), { valued: [['--server-name'], ['--app-name', '-n']] });
    const [path] = flags.positionals;
    const named = flags.last('--server-name');
    const table = `server:${named === undefined ? 'main' : wordText(named)}`;
    const read = path?.state === 'known' ? settingsOf(process, path.value.replace(/[#?].*$/, ''), table) : undefined;
    if (read === undefined) return unknownOutcome(process, 'the settings that pserve reads are not in view');
    return servedBy(process, textOf(read('use')), read);
  },
};

/** A table of an INI file; one that has a line `listen = …` is read as a server's configuration. */
function settingsOf(process: ContainerProcess, path: string, table: string) {
  const file = dataFile(process, path);
  if (file !== undefined) return (key: string) => dataValue(process, file, `${table}.${key}`);
  const text = containerTexts(process).read(containerPath(process, path));
  if (text?.state !== 'known') return undefined;
  const { entries } = parseIni(text.value);
  return (key: string) => {
    const entry = entries.findLast((candidate) => candidate.key === `${table}.${key}`);
    return entry && sliceWord(text, entry.span.start, entry.span.end);
  };
}

function servedBy(process: ContainerProcess, use: string, read: (key: string) => Value<string> | undefined): Outcome {
  const [listen, port, host] = [read('listen'), read('port'), read('host')];
  if ([listen, port, host].some((value) => textOf(value).includes('%('))) {
    return unknownOutcome(process, 'the settings that pserve reads take values from its arguments');
  }
  if (listen?.state === 'known') {
    const addresses = listen.value.split(/\s+/).map((value) => ({ ...listen, value: value.replace(/^\*/, '0.0.0.0') }));
    return bindsListen(process, 'pserve', addresses, waitressDefaults);
  }
  if (port === undefined && !use.includes('waitress')) {
    return unknownOutcome(process, 'the settings that pserve reads name no port');
  }
  return serverListens(process, { server: 'pserve', port, host, defaults: waitressDefaults });
}

function textOf(value: Value<string> | undefined): string {
  return value === undefined ? '' : wordText(value);
}

const waitressDefaults = { port: 8080, host: '0.0.0.0' };
