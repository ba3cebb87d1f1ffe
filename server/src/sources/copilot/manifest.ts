// One environment's view of a Copilot manifest, and small parts of descriptions made from it.
// https://aws.github.io/copilot-cli/docs/manifest/overview/

import { type Location, locationOf } from '../../base/text.ts';
import { basename, dirname, type Uri } from '../../base/uri.ts';
import { dynamic, known } from '../../facts/value.ts';
import { childOf, entryOf, type ObjectNode, scalarText, type TreeNode } from '../../syntax/tree.ts';
import type {
  Described,
  DescribedEntry,
  DescribedList,
  DescribedObject,
  DescribedScalar,
} from '../described/described.ts';
import { describeNode, type TreeReading } from '../described/tree.ts';
import { keyPlace, placeOf, tokenOf } from '../treeValues.ts';

export interface Manifest {
  readonly uri: Uri;
  readonly root: ObjectNode;
  readonly name: string;
  readonly nameAt: Location;
  /** `Load Balanced Web Service`. */
  readonly type: string;
  /** Where defaults of Copilot are placed: the key of the type, which no edit replaces. */
  readonly defaultsAt: Location;
  /** The folder that holds `copilot/`; paths of the manifest count from it. */
  readonly workspace: Uri;
  readonly reading: TreeReading;
  /** Variables that its addons give to its containers. */
  readonly injected: readonly { readonly name: string; readonly at: Location }[];
}

export const SERVICE_TYPES = ['Load Balanced Web Service', 'Backend Service', 'Worker Service'];
export const JOB_TYPE = 'Scheduled Job';

const BROKEN = 'the text around it cannot be read whole';

/** `copilot/web/manifest.yml` of a service or job that runs on ECS; undefined for any other kind of manifest. */
export function manifestOf(
  uri: Uri,
  root: ObjectNode,
  reading: TreeReading,
  injected: Manifest['injected'] = [],
): Manifest | undefined {
  const kind = entryOf(root, 'type');
  const type = kind && scalarText(kind.value)?.trim();
  if (!kind || type === undefined || !(SERVICE_TYPES.includes(type) || type === JOB_TYPE)) return undefined;
  const home = dirname(uri);
  const named = childOf(root, 'name');
  const text = named && scalarText(named);
  return {
    uri,
    root,
    name: text || basename(home),
    nameAt: named && text ? tokenOf(uri, named) : keyPlace(uri, kind),
    type,
    defaultsAt: keyPlace(uri, kind),
    workspace: dirname(dirname(home)),
    reading,
    injected,
  };
}

export interface Sidecar {
  readonly name: string;
  readonly nameAt: Location;
  readonly node: ObjectNode;
}

export function sidecarsOf({ root, uri }: Manifest): readonly Sidecar[] {
  const sidecars = childOf(root, 'sidecars');
  return (sidecars?.kind === 'object' ? sidecars.entries : []).flatMap((one) =>
    one.value.kind === 'object' ? [{ name: one.key, nameAt: keyPlace(uri, one), node: one.value }] : [],
  );
}

export function unsaidIn(...nodes: readonly (TreeNode | undefined)[]): { readonly unsaid?: string } {
  const whole = nodes.every((node) => node?.kind !== 'object' || node.complete);
  return whole ? {} : { unsaid: BROKEN };
}

export function scalar(value: string | number | boolean, at: Location): DescribedScalar {
  return { kind: 'scalar', value: known(value, at) };
}

export function open(reason: string, at: Location, text = ''): DescribedScalar {
  return { kind: 'scalar', value: dynamic(text, at, reason) };
}

export function entry(key: string, keyAt: Location, value: Described | undefined): readonly DescribedEntry[] {
  return value ? [{ key, keyAt, value }] : [];
}

export function object(
  at: Location,
  nameAt: Location,
  entries: readonly (readonly DescribedEntry[])[],
  unsaid: { readonly unsaid?: string } = {},
): DescribedObject {
  return { kind: 'object', at, nameAt, entries: entries.flat(), ...unsaid };
}

export function list(at: Location, items: readonly Described[], complete = true): DescribedList {
  return { kind: 'list', at, items, complete };
}

/** A property under the name that the API has for it. */
export function renamed(
  node: TreeNode | undefined,
  key: string,
  as: string,
  manifest: Manifest,
  convert: (part: Described) => Described = (part) => part,
): readonly DescribedEntry[] {
  const found = node?.kind === 'object' ? entryOf(node, key) : undefined;
  if (!found || found.value.kind === 'null') return [];
  return entry(as, keyPlace(manifest.uri, found), convert(describeNode(found.value, manifest.reading)));
}

/** The same, with what Copilot writes where the manifest is silent. */
export function renamedOr(
  node: TreeNode | undefined,
  key: string,
  as: string,
  manifest: Manifest,
  otherwise: string | number,
  convert?: (part: Described) => Described,
): readonly DescribedEntry[] {
  const written = renamed(node, key, as, manifest, convert);
  const { defaultsAt } = manifest;
  return written.length > 0 ? written : entry(as, defaultsAt, scalar(otherwise, defaultsAt));
}

const DURATION = /^(?=\d)(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?$/;

/** `1m30s` as seconds. */
export function seconds(part: Described): Described {
  if (part.kind !== 'scalar' || part.value.state !== 'known') return part;
  const { value, at } = part.value;
  const match = DURATION.exec(String(value).trim());
  if (!match) return open('it is no duration that Copilot reads', at, String(value));
  const [, hours, minutes, rest] = match.map((digits) => Number(digits ?? 0));
  return scalar((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (rest ?? 0), at);
}

export function wholeOf(manifest: Manifest, node: TreeNode): Location {
  return placeOf(manifest.uri, node);
}

/** The place of a key at the root of the manifest; where it is not written, the place of defaults. */
export function rootKeyAt(manifest: Manifest, key: string): Location {
  const found = entryOf(manifest.root, key);
  return found ? locationOf(manifest.uri, found.keySpan.start, found.keySpan.end) : manifest.defaultsAt;
}
