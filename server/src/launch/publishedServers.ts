// Containers of servers that other people publish as images: the ports of the program's documentation, moved by the
// variables and options of the container.

import { baseImageName } from '../aws/baseImages.ts';
import type { PublishedServer } from '../aws/publishedServers.ts';
import { publishedServer } from '../aws/publishedServers.ts';
import type { Location } from '../base/text.ts';
import type { ListenedPort } from '../facts/listens.ts';
import type { Step, Value } from '../facts/value.ts';
import { dynamic, known } from '../facts/value.ts';
import { parseAddress } from './address.ts';
import { openPortReason } from './argv.ts';
import { parseFlags } from './flags.ts';
import type { ContainerProcess, Found } from './launcher.ts';
import { unknownOutcome } from './launcher.ts';
import { step, wordText } from './text.ts';

/** Files that servers of the table read their ports from. */
const configurations =
  /(?:grafana|defaults)\.ini|(?:elasticsearch|opensearch|opensearch_dashboards|kibana)\.ya?ml|\.conf\b|\.cnf\b/;

/**
 * What a container of such an image listens on, where its command is the server's own: `process.argv` then holds that
 * command, or the arguments of the image's entrypoint. Undefined for all others.
 */
export function publishedListens(process: ContainerProcess, reference: string, at: Location): Found | undefined {
  const server = publishedServer(reference);
  if (server === undefined || !startsServer(process, server)) return undefined;
  const image = baseImageName(reference).repository;
  if (process.buildTexts.some((text) => configurations.test(text))) {
    return unknownOutcome(process, `the configuration of ${image} is set in the image and is not read`);
  }
  const moved = addressFromArguments(process, server);
  if (moved === 'open') return unknownOutcome(process, `the command may name another port for ${image}`);
  const undecided = server.undecidedBy?.find((name) => process.environment.named(name));
  if (undecided !== undefined) {
    return unknownOutcome(process, `what ${undecided} makes ${image} listen on is not followed`);
  }
  const ports: ListenedPort[] = [];
  for (const [index, port] of server.ports.entries()) {
    const [variable] = Object.entries(server.movedBy ?? {}).find(([, number]) => number === port) ?? [];
    const given = (index === 0 ? moved : undefined) ?? (variable && process.environment.get(variable));
    const found = given ? listenedAt(given, port) : undefined;
    if (given && found === undefined) return unknownOutcome(process, openPortReason(image, given));
    const hop: Step = { at, text: `the image ${image} listens on ${port}` };
    const host = dynamic('', at, 'the image decides the address');
    ports.push(found ?? { port: known(port, at, [hop]), host, because: [...process.trail, hop] });
  }
  return { kind: 'listens', listens: { state: 'known', ports } };

  function listenedAt(value: Value<string>, port: number): ListenedPort | undefined {
    const address = value.state === 'known' ? parseAddress(value) : undefined;
    if (address?.kind !== 'port' && address?.kind !== 'host') return undefined;
    const trail = value.state === 'known' && value.trail ? value.trail : [step(value.at, wordText(value))];
    const host = address.host ?? dynamic('', at, 'the image decides the address');
    const number = address.kind === 'port' ? address.port : known(port, value.at);
    return { port: { ...number, trail }, host, because: [...process.trail, ...trail] };
  }
}

function startsServer({ argv }: ContainerProcess, { programs }: PublishedServer): boolean {
  const [first] = argv;
  if (first === undefined) return true;
  return first.state === 'known' && (first.value.startsWith('-') || (programs?.includes(first.value) ?? false));
}

/** The address that an option names; undefined where none does. */
function addressFromArguments(process: ContainerProcess, server: PublishedServer): Value<string> | 'open' | undefined {
  const { options, programs, undecidedByWords } = server;
  const [first, ...rest] = process.argv;
  if (first === undefined) return undefined;
  const words = programs?.includes(wordText(first)) ? rest : process.argv;
  if (words.length === 0) return undefined;
  if (options === undefined || words.some((word) => undecidedByWords?.test(wordText(word)))) return 'open';
  const flags = parseFlags(words, { valued: [options] });
  return flags.last(options[0] ?? '') ?? (flags.open === undefined ? undefined : 'open');
}
