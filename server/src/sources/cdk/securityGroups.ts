// Security groups of a CDK program: the rules that it writes, those that `connections` add, and that the CDK itself lets
// load balancers in. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2-readme.html#allowing-connections

import type { Location } from '../../base/text.ts';
import type { Described, DescribedEntry, DescribedResource } from '../described/described.ts';
import {
  type App,
  addressOf,
  argument,
  constantOf,
  described,
  entry,
  listOf,
  madeOf,
  objectAt,
  propertiesOf,
  property,
  reference,
  renamed,
  text,
  undecided,
} from './read.ts';
import type { Attachment } from './targets.ts';
import type { CdkValue, Made } from './values.ts';

export function isSecurityGroup(made: Made): boolean {
  return made.callee === 'aws_ec2.SecurityGroup' && !made.receiver;
}

/** The groups that the program gives a service; undefined where the CDK makes one, or not all are in view. */
export function groupsOf(service: Made): readonly Made[] | undefined {
  const properties = propertiesOf(service);
  const one = property(properties, 'securityGroup');
  const list = property(properties, 'securityGroups') ?? (one && { kind: 'list', items: [one], complete: true });
  if (list?.kind !== 'list' || !list.complete) return undefined;
  if (connectionsOf(service).some(({ callee }) => callee === 'addSecurityGroup')) return undefined;
  const groups = list.items.flatMap((item) => madeOf(item) ?? []).filter(isSecurityGroup);
  return groups.length > 0 && groups.length === list.items.length ? groups : undefined;
}

export function securityGroupOf(group: Made, attachments: readonly Attachment[], app: App): DescribedResource {
  const { at, nameAt } = group;
  const properties = propertiesOf(group);
  const members = membersOf(app).get(group) ?? [];
  const added = group.calls.filter(({ callee }) => callee === 'addIngressRule');
  const connections = [group, ...members].flatMap(connectionsOf);
  const opened = app.made.filter((made) => {
    const target = made.callee === 'allowTo' ? madeOf(argument(made, 0, 'other')) : undefined;
    return target !== undefined && (target === group || members.includes(target));
  });
  const rules = [
    ...added.map((call) =>
      rule(call.at, sourceOf(argument(call, 0, 'peer'), call.at, app), argument(call, 1, 'connection')),
    ),
    ...connections.flatMap((call) => connectionRule(call, group, app)),
    ...opened.map((call) => rule(call.at, source(undecided(call.at), call.at), argument(call, 1, 'portRange'))),
    // The CDK lets a load balancer in when it adds a service as its target.
    ...attachments
      .filter(({ service }) => members.includes(service))
      .map((one) => rule(one.at, source(undecided(one.at), one.at), undefined)),
  ];
  return {
    type: 'AWS::EC2::SecurityGroup',
    address: addressOf(app, group),
    properties: objectAt(
      at,
      nameAt,
      [
        ...renamed(properties, { securityGroupName: 'groupName' }),
        entry('securityGroupIngress', nameAt, listOf(at, rules, !group.escaped && !group.conditional)),
      ],
      properties.unsaid,
    ),
  };
}

const membersOfApps = new WeakMap<App, ReadonlyMap<Made, readonly Made[]>>();

/** What has each group. */
function membersOf(app: App): ReadonlyMap<Made, readonly Made[]> {
  const before = membersOfApps.get(app);
  if (before) return before;
  const members = new Map<Made, Made[]>();
  for (const made of app.made) {
    for (const group of made.receiver ? [] : (groupsOf(made) ?? []))
      members.set(group, [...(members.get(group) ?? []), made]);
  }
  membersOfApps.set(app, members);
  return members;
}

function connectionsOf({ members }: Made): readonly Made[] {
  return members.get('connections')?.calls ?? [];
}

/** What a call on the `connections` of a group or of a service with that group lets in. */
function connectionRule(call: Made, group: Made, app: App): readonly Described[] {
  const { at, callee } = call;
  switch (callee) {
    case 'allowFrom':
      return [rule(at, sourceOf(argument(call, 0, 'other'), at, app), argument(call, 1, 'portRange'))];
    case 'allowFromAnyIpv4':
      return [rule(at, anywhere(at), argument(call, 0, 'portRange'))];
    case 'allowInternally':
      return [rule(at, source(reference(addressOf(app, group), at), at), argument(call, 0, 'portRange'))];
    case 'allowDefaultPortFrom':
    case 'allowDefaultPortFromAnyIpv4':
    case 'allowDefaultPortInternally':
      return [rule(at, source(undecided(at), at), undefined)];
    default:
      return [];
  }
}

function rule(at: Location, from: DescribedEntry, port: CdkValue | undefined): Described {
  return objectAt(at, at, [...portsOf(port, at), from]);
}

function source(group: Described, at: Location): DescribedEntry {
  return entry('sourceSecurityGroupId', at, group);
}

function anywhere(at: Location): DescribedEntry {
  return entry('cidrIp', at, text('0.0.0.0/0', at));
}

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.Peer.html */
function sourceOf(value: CdkValue | undefined, at: Location, app: App): DescribedEntry {
  const peer = madeOf(value);
  if (peer && isSecurityGroup(peer)) return source(reference(addressOf(app, peer), at), at);
  const address = peer && argument(peer, 0, 'cidrIp');
  switch (peer?.callee) {
    case 'aws_ec2.Peer.anyIpv4':
      return anywhere(peer.at);
    case 'aws_ec2.Peer.anyIpv6':
      return entry('cidrIpv6', peer.at, text('::/0', peer.at));
    case 'aws_ec2.Peer.ipv4':
    case 'aws_ec2.Peer.ipv6':
      return entry('cidrIp', peer.at, address ? described(address, peer.at) : undecided(peer.at));
    default:
      return source(undecided(at), at);
  }
}

const WELL_KNOWN: Readonly<Record<string, number>> = { HTTP: 80, HTTPS: 443 };

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.Port.html */
function portsOf(value: CdkValue | undefined, at: Location): readonly DescribedEntry[] {
  const wellKnown = WELL_KNOWN[constantOf(value) ?? ''];
  if (wellKnown !== undefined) return ports('tcp', text(wellKnown, at), text(wellKnown, at), at);
  const made = madeOf(value);
  const part = (index: number, name: string): Described => {
    const given = made && argument(made, index, name);
    return given ? described(given, at) : undecided(at);
  };
  const [, protocol = '', shape = ''] = /^aws_ec2\.Port\.(tcp|udp|all)(\w*)$/.exec(made?.callee ?? '') ?? [];
  switch (`${protocol}${shape}`) {
    case 'tcp':
    case 'udp':
      return ports(protocol, part(0, 'port'), part(0, 'port'), at);
    case 'tcpRange':
    case 'udpRange':
      return ports(protocol, part(0, 'startPort'), part(1, 'endPort'), at);
    case 'allTcp':
    case 'allUdp':
      return ports(shape.toLowerCase(), text(0, at), text(65_535, at), at);
    case 'allTraffic':
      return [entry('ipProtocol', at, text('-1', at))];
    default:
      return ports(undefined, undecided(at), undecided(at), at);
  }
}

function ports(protocol: string | undefined, from: Described, to: Described, at: Location): readonly DescribedEntry[] {
  return [
    entry('ipProtocol', at, protocol === undefined ? undecided(at) : text(protocol, at)),
    entry('fromPort', at, from),
    entry('toPort', at, to),
  ];
}
