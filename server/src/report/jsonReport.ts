// The report for programs: exactly schemas/report.schema.json, version 1.

import type { FileEdit, Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { DeploymentView, Report } from '../engine/analysis.ts';
import { knownValue, type Step, type Value } from '../facts/value.ts';
import { forecast } from '../forecast/forecast.ts';
import type { DeployedContainer, Deployment } from '../graph/deployment.ts';
import { type BalancedTarget, loadBalancersOf } from '../graph/ports.ts';
import { exposedPorts, valueText } from './chain.ts';
import type { Place } from './places.ts';
import type { Snapshot } from './snapshot.ts';

export interface ToolName {
  readonly name: string;
  readonly version: string;
}

export function jsonReport(snapshot: Snapshot, tool: ToolName): string {
  return `${JSON.stringify(reportObject(snapshot, tool), undefined, 2)}\n`;
}

export function reportObject(snapshot: Snapshot, tool: ToolName): object {
  return {
    version: 1,
    tool,
    findings: snapshot.reports.map((report) => finding(report, snapshot)),
    deployments: snapshot.deployments.map((view) => deploymentObject(view, snapshot)),
    unlinked: unlinkedObjects(snapshot),
  };
}

export function unlinkedObjects(snapshot: Snapshot): readonly object[] {
  return snapshot.unlinked.map(({ uri, reason }) => ({ file: snapshot.places.pathOf(uri), reason }));
}

function finding(report: Report, snapshot: Snapshot): object {
  const place = snapshot.places.of(report.at);
  return {
    rule: report.rule,
    severity: report.severity,
    message: report.message,
    file: place.file,
    range: range(place),
    related: report.related.map(({ at, message }) => ({ ...fileAndRange(at, snapshot), message })),
    fixes: fixes(report, snapshot),
    deployments: report.deployments,
    suppressed: report.suppressed,
  };
}

/** Those a program may apply: fixes that ask a person, and fixes without an edit, are left out. */
function fixes(report: Report, snapshot: Snapshot): readonly object[] {
  return report.fixes.flatMap((fix) => {
    const edits = fix.kind === 'asks' ? [] : snapshot.edits(fix);
    if (edits.length === 0) return [];
    const { title, preferred } = fix;
    return [{ title, preferred, safe: fix.kind === 'safe', edits: edits.map((edit) => editObject(edit, snapshot)) }];
  });
}

function editObject(edit: FileEdit, snapshot: Snapshot): object {
  return { ...fileAndRange(edit, snapshot), newText: edit.newText };
}

function fileAndRange(at: Location, snapshot: Snapshot): object {
  const place = snapshot.places.of(at);
  return { file: place.file, range: range(place) };
}

function range(place: Place): object {
  return { start: place.start, end: place.end };
}

export function deploymentObject({ deployment }: DeploymentView, snapshot: Snapshot): object {
  const { service, taskDefinition } = deployment;
  return {
    id: deployment.id,
    name: deployment.name,
    service: service ? fileAndLine(service.at, snapshot) : null,
    taskDefinition: taskDefinition ? fileAndLine(taskDefinition.at, snapshot) : null,
    containers: deployment.containers.map((container) => containerObject(container, deployment, snapshot)),
    forecast: forecast(deployment) ?? null,
  };
}

function containerObject(container: DeployedContainer, deployment: Deployment, snapshot: Snapshot): object {
  const { dockerfile, program } = container;
  const pathOf = (uri: Uri): string => snapshot.places.pathOf(uri);
  return {
    name: valueText(container.container.name) ?? null,
    image: valueText(container.container.image) ?? null,
    dockerfile: dockerfile ? { file: pathOf(dockerfile.uri), because: dockerfile.link.because } : null,
    program:
      program === undefined
        ? null
        : { file: pathOf(program), command: container.command.map((word) => valueText(word) ?? '') },
    listens: listensObject(container, snapshot),
    exposes: exposedPorts(container).map(portNumber),
    containerPorts: container.container.portMappings.items.map(({ containerPort }) => portNumber(containerPort)),
    targets: loadBalancersOf(container, deployment).map((balancer) => ({
      containerPort: portNumber(balancer.containerPort),
      healthCheck: healthCheckObject(balancer, deployment),
    })),
  };
}

/** Null where the target group is not in view; its parts are null where a template decides them. */
function healthCheckObject(balancer: BalancedTarget, deployment: Deployment): object | null {
  const target = deployment.infrastructure?.targets.find((candidate) => candidate.balancer === balancer);
  if (target === undefined) return null;
  const { port, path } = target.targetGroup.healthCheck;
  return {
    port: port.state === 'absent' ? 'traffic-port' : (knownValue(port) ?? null),
    path: path.state === 'absent' ? '/' : (knownValue(path) ?? null),
  };
}

function listensObject({ listens }: DeployedContainer, snapshot: Snapshot): object {
  if (listens.state === 'unknown') return { state: 'unknown', ports: [], reason: listens.reason };
  if (listens.state === 'none') return { state: 'none', ports: [], reason: null };
  const ports = listens.ports.map(({ port, host, because }) => ({
    port: port.value,
    host: knownValue(host) ?? null,
    because: because.map((step) => stepObject(step, snapshot)),
  }));
  return { state: 'known', ports, reason: null };
}

function stepObject(step: Step, snapshot: Snapshot): object {
  return { ...fileAndLine(step.at, snapshot), text: step.text };
}

function fileAndLine(at: Location, snapshot: Snapshot): object {
  const place = snapshot.places.of(at);
  return { file: place.file, line: place.start.line };
}

function portNumber(port: Value<number>): number | null {
  return knownValue(port) ?? null;
}
