// The result page of a check for an editor: a fragment of HTML without scripts, in the editor's own colors. Each container's
// port chain is a row of boxes; findings follow with links. The client frames the fragment.

import type { Location } from '../base/text.ts';
import type { DeploymentView, Report } from '../engine/analysis.ts';
import { type Chain, type ChainLink, chainsOf, type Verdict } from './chain.ts';
import { reportStyle } from './deploymentStyle.ts';
import { escapeHtml, type Html, html, raw } from './html.ts';
import { placeInWords } from './places.ts';
import { serviceNotes } from './serviceNotes.ts';
import {
  bySeverity,
  countInWords,
  countReports,
  countsInWords,
  preferredFix,
  type Snapshot,
  severities,
} from './snapshot.ts';

export interface DeploymentReportOptions {
  /** What a link to a place leads to; undefined where the reader has no way to follow one. */
  readonly link: (at: Location) => string | undefined;
  /** What a link to a rule's page leads to. */
  readonly ruleLink?: (rule: string) => string | undefined;
}

interface Page extends DeploymentReportOptions {
  readonly snapshot: Snapshot;
}

export function deploymentReportHtml(snapshot: Snapshot, options: DeploymentReportOptions): string {
  const page: Page = { ...options, snapshot };
  const reports = snapshot.reports.filter((report) => !report.suppressed);
  const known = new Set(snapshot.deployments.map(({ deployment }) => deployment.id));
  const rest = reports.filter((report) => !report.deployments.some((id) => known.has(id)));
  return html`<style>${raw(reportStyle)}</style>
<main class="steadystate">
<header>${verdictHeading(snapshot)}<p class="counts">${chips(snapshot)}</p></header>
${snapshot.deployments.map((view) => deploymentCard(view, reports, page))}
${rest.length > 0 ? html`<section class="card"><h2>Other files</h2>${findingList(rest, page)}</section>` : ''}
${unlinkedCard(page)}
</main>`.text;
}

function verdictHeading({ reports, deployments }: Snapshot): Html {
  const counts = countReports(reports);
  if (deployments.length === 0) return html`<h1>No ECS deployment found</h1>`;
  if (counts.error > 0) return html`<h1 class="differs">Will not reach a steady state</h1>`;
  if (counts.warning > 0) return html`<h1>No errors, but warnings</h1>`;
  return html`<h1 class="agrees">Nothing stands in the way of a steady state</h1>`;
}

function chips(snapshot: Snapshot): Html {
  const counts = countReports(snapshot.reports);
  const shown = severities.map(
    (severity) =>
      html`<span class="chip ${counts[severity] > 0 ? severity : 'none'}">${countInWords(counts[severity], severity)}</span>`,
  );
  const deployments = html`<span class="chip none">${countInWords(snapshot.deployments.length, 'deployment')}</span>`;
  const ignored =
    counts.suppressed > 0 ? html`<span class="chip none">${String(counts.suppressed)} ignored</span>` : '';
  return html`${shown}${deployments}${ignored}`;
}

function deploymentCard({ deployment }: DeploymentView, reports: readonly Report[], page: Page): Html {
  const { service, taskDefinition, serviceLink, staleBecause } = deployment;
  const mine = reports.filter((report) => report.deployments.includes(deployment.id));
  const files = [
    service ? html`service ${placeLink(service.nameAt, page)}` : html`no service in view`,
    taskDefinition ? html`task definition ${placeLink(taskDefinition.nameAt, page)}` : html`no task definition in view`,
  ];
  return html`<section class="card">
<h2>${deployment.name}</h2>
<p class="files">${files[0] ?? ''} · ${files[1] ?? ''}${serviceLink ? html` <span class="because">(${serviceLink.because})</span>` : ''}</p>
${staleBecause ? html`<p class="stale">Not the live file: ${staleBecause.because}.</p>` : ''}
${chainsOf(deployment).map((chain) => chainPicture(chain, page))}
${serviceNotes(deployment).map((note) => html`<p class="note">${note}</p>`)}
${findingList(mine, page)}
</section>`;
}

function chainPicture(chain: Chain, page: Page): Html {
  const boxes: readonly Box[] = [
    imageBox(chain, page),
    programBox(chain, page),
    ...chain.links.map((link) => linkBox(link, page)),
  ];
  return html`<div class="container">
<h3><span class="sign ${chain.verdict}">${signs[chain.verdict]}</span> ${linked(chain.at, chain.container, page)}${chain.image === undefined ? '' : html` <code class="image">${chain.image}</code>`}</h3>
<div class="chain" role="list">${boxes.map((box, index) => boxHtml(box, boxes[index + 1]))}</div>
</div>`;
}

const signs: Readonly<Record<Verdict, string>> = { agrees: '✓', differs: '✗', unknown: '?' };

function imageBox(chain: Chain, page: Page): Box {
  if (!chain.dockerfile) {
    return { state: 'source', title: 'Image', value: 'built elsewhere', details: chain.unlinked ?? '' };
  }
  const { uri, because, certain } = chain.dockerfile;
  const path = page.snapshot.places.pathOf(uri);
  const at: Location = { uri, span: { start: 0, end: 0 } };
  const details = `${certain ? '' : 'probably: '}${because}`;
  return { state: 'source', title: 'Dockerfile', value: linked(at, path, page), details };
}

function programBox(chain: Chain, page: Page): Box {
  const { listens } = chain;
  const state = listens.state === 'unknown' ? 'unknown' : listens.loopback ? 'differs' : 'source';
  const steps = listens.steps.map((step) => html`<li>${placeLink(step.at, page)} <code>${step.text}</code></li>`);
  const details = html`${listens.reason === undefined ? '' : listens.reason}${steps.length > 0 ? html`<ol>${steps}</ol>` : ''}`;
  const title = chain.command === '' ? 'Program' : html`<code>${chain.command}</code>`;
  return { state, title, value: listens.text, details };
}

const linkTitles: Readonly<Record<ChainLink['kind'], string>> = {
  expose: 'EXPOSE',
  containerPort: 'containerPort',
  loadBalancer: 'Load balancer',
  healthCheck: 'Health check',
};

function linkBox(link: ChainLink, page: Page): Box {
  // EXPOSE is documentation: that it differs breaks nothing.
  const state = link.kind === 'expose' && link.verdict === 'differs' ? 'note' : link.verdict;
  return {
    state,
    title: linkTitles[link.kind],
    value: linked(link.at, link.value, page),
    details: placeLink(link.at, page),
  };
}

type BoxState = Verdict | 'source' | 'note';

interface Box {
  readonly state: BoxState;
  readonly title: string | Html;
  readonly value: string | Html;
  readonly details: string | Html;
}

const boxSigns: Readonly<Record<BoxState, { readonly sign: string; readonly words: string }>> = {
  agrees: { sign: '✓', words: 'agrees' },
  differs: { sign: '✗', words: 'does not agree' },
  note: { sign: '≠', words: 'differs, which breaks nothing' },
  unknown: { sign: '?', words: 'cannot be told' },
  source: { sign: '', words: '' },
};

/** `next` decides which sign leads on to the following box. */
function boxHtml({ state, title, value, details }: Box, next: Box | undefined): Html {
  const { sign, words } = boxSigns[state];
  const shown = sign === '' ? '' : html`<span class="sign ${state}" title="${words}">${sign}</span> `;
  const way = next === undefined ? 'end' : next.state === 'differs' && state !== 'differs' ? 'breaks' : 'leads';
  return html`<div class="box ${state} ${way}" role="listitem"><div class="title">${title}</div><div class="value">${shown}${value}</div><div class="details">${details}</div></div>`;
}

function findingList(reports: readonly Report[], page: Page): Html {
  if (reports.length === 0) return html`<p class="fine">No findings.</p>`;
  return html`<ul class="findings">${bySeverity(reports).map((report) => findingItem(report, page))}</ul>`;
}

function findingItem(report: Report, page: Page): Html {
  const related = report.related.map(({ at, message }) => html`<li>${placeLink(at, page)} ${message}</li>`);
  const fix = preferredFix(report);
  const ruleHref = page.ruleLink?.(report.rule);
  const rule = ruleHref === undefined ? html`${report.rule}` : html`<a href="${ruleHref}">${report.rule}</a>`;
  return html`<li class="finding ${report.severity}"><span class="severity">${report.severity}</span> <strong>${report.message}</strong>
<div class="where">${placeLink(report.at, page)} · <span class="rule">${rule}</span></div>
${related.length > 0 ? html`<ul class="related">${related}</ul>` : ''}
${fix ? html`<div class="fix">Quick fix: ${fix.title}</div>` : ''}</li>`;
}

function unlinkedCard(page: Page): Html {
  const { unlinked, places } = page.snapshot;
  if (unlinked.length === 0) return html``;
  const items = unlinked.map(({ uri, reason }) => {
    const at: Location = { uri, span: { start: 0, end: 0 } };
    return html`<li>${linked(at, places.pathOf(uri), page)}: ${reason}</li>`;
  });
  return html`<section class="card"><h2>Dockerfiles of no container</h2><ul class="related">${items}</ul></section>`;
}

function placeLink(at: Location, page: Page): Html {
  return linked(at, placeInWords(page.snapshot.places.of(at)).replace(/:\d+$/, ''), page);
}

function linked(at: Location, text: string, page: Page): Html {
  const href = page.link(at);
  return href === undefined ? html`${text}` : html`<a href="${href}">${text}</a>`;
}

/** The same story for editors without pages. */
export function deploymentReportMarkdown(snapshot: Snapshot, options: DeploymentReportOptions): string {
  const place = (at: Location): string => {
    const text = `\`${placeInWords(snapshot.places.of(at)).replaceAll('`', "'")}\``;
    const href = options.link(at);
    return href === undefined
      ? text
      : `[${text}](${href.replace(/[()\s<>]/g, (c) => encodeURIComponent(c).replace('(', '%28').replace(')', '%29'))})`;
  };
  const reports = snapshot.reports.filter((report) => !report.suppressed);
  const lines = [
    `# Steady State`,
    '',
    `${countsInWords(countReports(snapshot.reports))} in ${countInWords(snapshot.deployments.length, 'deployment')}`,
    '',
  ];
  for (const { deployment } of snapshot.deployments) {
    lines.push(`## ${markdownText(deployment.name)}`, '');
    for (const chain of chainsOf(deployment)) {
      const links = chain.links.map((link) => `${signs[link.verdict]} ${linkTitles[link.kind]} ${link.value}`);
      const parts = [chain.command, chain.listens.text, ...links].filter((part) => part !== '').map(markdownText);
      lines.push(`- ${signs[chain.verdict]} **${markdownText(chain.container)}**: ${parts.join(' → ')}`);
    }
    lines.push(...serviceNotes(deployment).map((note) => `- ${markdownText(note)}`), '');
  }
  for (const report of bySeverity(reports)) {
    lines.push(`- **${report.severity}** ${markdownText(report.message)} ${place(report.at)} (${report.rule})`);
    for (const { at, message } of report.related) lines.push(`  - ${place(at)} ${markdownText(message)}`);
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function markdownText(text: string): string {
  return escapeHtml(text.replace(/[\r\n]+/g, ' ')).replace(/[\\`*_[\]#|~]/g, (character) => `\\${character}`);
}
