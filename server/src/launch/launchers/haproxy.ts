// HAProxy: the `bind` lines of its frontends. https://docs.haproxy.org/3.0/configuration.html#bind

import type { ListenedPort } from '../../facts/listens.ts';
import type { Known, Value } from '../../facts/value.ts';
import { dynamic, known } from '../../facts/value.ts';
import { parseConfigLines } from '../../syntax/configLines.ts';
import { parseAddress } from '../address.ts';
import { argumentsOf, containerPath, listensNone } from '../argv.ts';
import { containerTexts } from '../containerTexts.ts';
import { configValue, filledText, filling } from '../envsubst.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { serverPorts } from '../serverPorts.ts';
import { step } from '../text.ts';
import { sliceWord } from '../words.ts';

export const haproxy: Launcher = {
  id: 'haproxy',
  runs: (command) => command === 'haproxy',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [['-f'], ['-p'], ['-C'], ['-n'], ['-N'], ['-m'], ['-L'], ['-x'], ['-S']],
    });
    if (flags.has('-c', '-v', '-vv')) return listensNone(process);
    const texts = containerTexts(process);
    const given = flags.all('-f');
    const files =
      given.length > 0 ? given : [known('/usr/local/etc/haproxy/haproxy.cfg', process.argv[0]?.at ?? nowhere)];
    const ports: ListenedPort[] = [];
    for (const file of files) {
      if (file.state !== 'known') return unknownOutcome(process, "HAProxy's configuration is open");
      const path = containerPath(process, file.value);
      const text = texts.read(path) ?? texts.read(`${path}/haproxy.cfg`);
      if (text?.state !== 'known') {
        const reason = text?.state === 'dynamic' ? text.reason : undefined;
        return unknownOutcome(
          process,
          reason ?? `HAProxy's configuration ${file.value} is not among the files in view`,
        );
      }
      for (const bind of binds(text)) {
        const value = filledIn(process, bind);
        if (value.state !== 'known') {
          const reason = value.state === 'dynamic' && value.reason !== undefined ? `: ${value.reason}` : '';
          return unknownOutcome(process, `the port of \`bind ${bind.value}\` is open${reason}`);
        }
        const address = parseAddress(value);
        if (address.kind === 'socket') continue;
        if (address.kind !== 'port') return unknownOutcome(process, `\`bind ${value.value}\` of HAProxy names no port`);
        const trail = [...(value.trail ?? []), step(bind.at, `bind ${value.value}`)];
        const host = address.host ?? known('0.0.0.0', bind.at);
        const isEverywhere = /^(?:\*|::|\[::\])$/.test(host.value);
        ports.push({
          port: { ...address.port, trail },
          host: isEverywhere ? { ...host, value: '0.0.0.0' } : host,
          because: [...process.trail, ...trail],
        });
      }
    }
    return serverPorts(process, ports);
  },
};

const nowhere = { uri: '', span: { start: 0, end: 0 } };

/** `bind *:80,:8080 ssl crt …`, and `listen www :80` of version 1: each address of the word. */
function binds(text: Known<string>): readonly Known<string>[] {
  return parseConfigLines(text.value).flatMap(({ words }) => {
    const [name, second, third] = words;
    const isSection = name?.text === 'listen' || name?.text === 'frontend';
    const first = name?.text === 'bind' ? second : isSection && third?.text.includes(':') ? third : undefined;
    if (first === undefined) return [];
    // A quoted part may stand inside the word: `*:"${PORT}"`.
    const start = text.value[first.span.start - 1] === '"' ? first.span.start - 1 : first.span.start;
    const line = text.value.slice(start).split('\n', 1)[0] ?? '';
    const whole = /^\S+/.exec(line)?.[0] ?? first.text;
    return [...whole.matchAll(/[^,]+/g)].map(({ index, 0: part }) =>
      sliceWord(text, start + index, start + index + part.length),
    );
  });
}

/** `"${PORT}"`, `${PORT-80}` and `$PORT`, in double quotes. https://docs.haproxy.org/3.0/configuration.html#2.3 */
function filledIn(process: ContainerProcess, word: Known<string>): Value<string> {
  const pattern = /"|\$\{(\w+)(?:-([^}]*))?\}|\$(\w+)|^(?:ipv[46]|tcp[46]?)@/g;
  let unset: string | undefined;
  const filled = filledText(word, pattern, ([whole, braced, otherwise, bare], slice) => {
    const name = braced ?? bare;
    if (name === undefined) return known('', word.at);
    const value = process.environment.get(name);
    if (value !== undefined) return filling(value, name);
    if (otherwise !== undefined) return slice(whole.length - 1 - otherwise.length, whole.length - 1);
    unset ??= name;
    return undefined;
  });
  if (unset !== undefined) return dynamic(word.value, word.at, `nothing in view sets ${unset}`);
  return configValue(filled, process.environment);
}
