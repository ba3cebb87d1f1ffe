// The deployment graph as a tree of text, as JSON, and as mermaid and dot pictures.

import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { DeploymentView } from '../engine/analysis.ts';
import { type Chain, chainsOf } from './chain.ts';
import { unlinkedObjects } from './jsonReport.ts';
import type { Snapshot } from './snapshot.ts';
import type { Style } from './style.ts';
import { visible } from './terminalText.ts';

export type GraphNodeKind = 'service' | 'taskDefinition' | 'container' | 'dockerfile' | 'program' | 'port';

export interface GraphNode {
  readonly id: string;
  readonly kind: GraphNodeKind;
  readonly label: string;
  readonly file: string | null;
  readonly line: number | null;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly because: string;
  readonly certain: boolean;
  /** Whether both ends name the same port; null where that is no question or cannot be told. */
  readonly agrees: boolean | null;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export function graphOf(snapshot: Snapshot): Graph {
  const nodes = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  const builder: Builder = {
    node: (id, kind, label, at) => {
      const place = at && snapshot.places.of(at);
      if (!nodes.has(id))
        nodes.set(id, { id, kind, label, file: place?.file ?? null, line: place?.start.line ?? null });
      return id;
    },
    edge: (from, to, because, certain = true, agrees = null) => edges.push({ from, to, because, certain, agrees }),
    pathOf: snapshot.places.pathOf,
  };
  for (const view of snapshot.deployments) addDeployment(view, builder);
  return { nodes: [...nodes.values()], edges };
}

interface Builder {
  node(id: string, kind: GraphNodeKind, label: string, at?: Location): string;
  edge(from: string, to: string, because: string, certain?: boolean, agrees?: boolean | null): void;
  pathOf(uri: Uri): string;
}

function addDeployment({ deployment }: DeploymentView, builder: Builder): void {
  const { id, service, taskDefinition, serviceLink } = deployment;
  const serviceNode = service && builder.node(`${id}/service`, 'service', `service ${deployment.name}`, service.nameAt);
  const taskNode =
    taskDefinition &&
    builder.node(`${id}/task`, 'taskDefinition', `task definition ${familyText(deployment)}`, taskDefinition.nameAt);
  if (serviceNode && taskNode)
    builder.edge(serviceNode, taskNode, serviceLink?.because ?? '', serviceLink?.certain ?? true);
  const owner = taskNode ?? serviceNode;
  for (const chain of chainsOf(deployment)) addChain(chain, `${id}/${chain.container}`, owner, builder);
}

function familyText({ taskDefinition, name }: DeploymentView['deployment']): string {
  return taskDefinition?.family.state === 'known' ? taskDefinition.family.value : (taskDefinition?.logicalName ?? name);
}

function addChain(chain: Chain, id: string, owner: string | undefined, builder: Builder): void {
  const container = builder.node(id, 'container', `container ${chain.container}`, chain.at);
  if (owner !== undefined) builder.edge(owner, container, 'container definition');
  let last = container;
  if (chain.dockerfile) {
    const { uri, because, certain } = chain.dockerfile;
    last = builder.node(`file:${builder.pathOf(uri)}`, 'dockerfile', builder.pathOf(uri), {
      uri,
      span: { start: 0, end: 0 },
    });
    builder.edge(container, last, because, certain);
  }
  const step = chain.listens.steps.at(-1);
  const command = chain.command === '' ? '' : `${chain.command}: `;
  const program = builder.node(`${id}/program`, 'program', `${command}${chain.listens.text}`, step?.at);
  builder.edge(last, program, chain.listens.reason ?? 'command');
  for (const [index, link] of chain.links.entries()) {
    const port = builder.node(`${id}/${link.kind}/${index}`, 'port', `${link.label} ${link.value}`, link.at);
    builder.edge(program, port, link.label, true, link.verdict === 'unknown' ? null : link.verdict === 'agrees');
  }
}

export function graphJson(snapshot: Snapshot): string {
  return `${JSON.stringify({ version: 1, ...graphOf(snapshot), unlinked: unlinkedObjects(snapshot) }, undefined, 2)}\n`;
}

export function graphMermaid(snapshot: Snapshot): string {
  const { nodes, edges } = graphOf(snapshot);
  const ids = new Map(nodes.map((node, index) => [node.id, `n${index}`]));
  const lines = ['flowchart LR'];
  for (const node of nodes) lines.push(`  ${ids.get(node.id) ?? ''}["${mermaidText(node.label)}"]`);
  for (const edge of edges) {
    const arrow = edge.agrees === false ? '-. differs .->' : edge.certain ? '-->' : '-. probably .->';
    lines.push(`  ${ids.get(edge.from) ?? ''} ${arrow} ${ids.get(edge.to) ?? ''}`);
  }
  const wrong = edges.filter((edge) => edge.agrees === false).map((edge) => ids.get(edge.to) ?? '');
  if (wrong.length > 0)
    lines.push('  classDef wrong stroke:#d1242f,stroke-width:2px', `  class ${wrong.join(',')} wrong`);
  return `${lines.join('\n')}\n`;
}

export function graphDot(snapshot: Snapshot): string {
  const { nodes, edges } = graphOf(snapshot);
  const quote = (text: string): string => JSON.stringify(visible(text));
  const lines = ['digraph deployments {', '  rankdir=LR;', '  node [shape=box, fontname="sans-serif"];'];
  for (const node of nodes) lines.push(`  ${quote(node.id)} [label=${quote(node.label)}];`);
  for (const edge of edges) {
    const look = edge.agrees === false ? ' [color="#d1242f", style=dashed]' : edge.certain ? '' : ' [style=dashed]';
    lines.push(`  ${quote(edge.from)} -> ${quote(edge.to)}${look};`);
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

export function graphText(snapshot: Snapshot, style: Style): string {
  const { nodes, edges } = graphOf(snapshot);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const targets = new Set(edges.map((edge) => edge.to));
  const lines: string[] = [];
  const show = (id: string, head: string, indent: string, edge?: GraphEdge): void => {
    const node = byId.get(id);
    if (!node) return;
    lines.push(head + nodeLine(node, edge, style));
    const next = edges.filter((candidate) => candidate.from === id && isBelow(candidate, edge));
    for (const [index, child] of next.entries()) {
      const last = index === next.length - 1;
      show(
        child.to,
        `${indent}${style.dim(last ? '└─ ' : '├─ ')}`,
        `${indent}${style.dim(last ? '   ' : '│  ')}`,
        child,
      );
    }
  };
  for (const node of nodes.filter(({ id }) => !targets.has(id))) {
    show(node.id, '', '');
    lines.push('');
  }
  for (const { uri, reason } of snapshot.unlinked) {
    lines.push(`${visible(snapshot.places.pathOf(uri))}  ${style.dim(visible(reason))}`);
  }
  if (lines.length === 0) return 'No ECS task definition or service was found.\n';
  return `${lines.join('\n').trimEnd()}\n`;
}

/** A Dockerfile that builds several containers leads, under each of them, only to that container's program. */
function isBelow(candidate: GraphEdge, parent: GraphEdge | undefined): boolean {
  if (!candidate.from.startsWith('file:') || parent === undefined) return true;
  return candidate.to === `${parent.from}/program`;
}

function nodeLine(node: GraphNode, edge: GraphEdge | undefined, style: Style): string {
  const place = node.file === null ? '' : `  ${visible(node.file)}${node.kind === 'dockerfile' ? '' : `:${node.line}`}`;
  const sign =
    edge === undefined || edge.agrees === null ? '' : edge.agrees ? `${style.green('✓')} ` : `${style.red('✗')} `;
  const label =
    node.kind === 'service' || node.kind === 'taskDefinition' ? style.bold(visible(node.label)) : visible(node.label);
  const reason =
    node.kind === 'dockerfile'
      ? `  (${edge?.certain === false ? 'probably: ' : ''}${visible(edge?.because ?? '')})`
      : '';
  return `${sign}${label}${style.dim(node.kind === 'dockerfile' ? reason : place)}`;
}

function mermaidText(text: string): string {
  return visible(text).replace(/[#"<>&]/g, (character) => `#${character.codePointAt(0) ?? 0};`);
}
