// The result page of an editor: links through the caller's callback, nothing of a file becomes markup, no scripts.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createAnalysisHost } from '../../server/src/engine/index.ts';
import { pathToUri } from '../../server/src/host/paths.ts';
import { createWorkspace } from '../../server/src/host/workspace.ts';
import { deploymentReportHtml, deploymentReportMarkdown } from '../../server/src/report/deploymentReport.ts';
import { type Snapshot, takeSnapshot } from '../../server/src/report/snapshot.ts';
import { temporaryFolder } from '../host/folder.ts';

async function snapshotOf(folder: string): Promise<Snapshot> {
  const analysis = createAnalysisHost();
  await createWorkspace({ analysis }).scan([pathToUri(folder)]);
  return takeSnapshot(analysis, { folders: [pathToUri(folder)] });
}

const options = { link: ({ uri }: { uri: string }) => `open:${uri}`, ruleLink: (rule: string) => `rule:${rule}` };

function nineAm(name: string): Promise<Snapshot> {
  return snapshotOf(fileURLToPath(new URL(`../workspaces/${name}`, import.meta.url)));
}

function hostile(t: TestContext): Promise<Snapshot> {
  const name = '<img src=x onerror=alert(1)>[x](http://evil) `';
  const container = { name, image: `${name}:latest`, portMappings: [{ containerPort: 80 }], command: [name] };
  const files = { 'a"><b>.json': JSON.stringify({ family: name, containerDefinitions: [container] }) };
  return snapshotOf(temporaryFolder(t, files));
}

test('the story: a broken chain, its findings and links', async () => {
  const page = deploymentReportHtml(await nineAm('nine-am'), options);
  assert.match(page, /<h1 class="differs">Will not reach a steady state<\/h1>/);
  assert.match(page, /listens on 5201/);
  assert.match(page, /<div class="box differs [^>]*><div class="title">containerPort</);
  assert.match(page, /<li class="finding error">/);
  assert.match(page, /href="open:file:[^"]*app\.py"/);
  assert.match(page, /href="rule:container-port-not-listened-on"/);
});

test('the mended story: every link agrees', async () => {
  const page = deploymentReportHtml(await nineAm('nine-am-fixed'), options);
  assert.match(page, /<h1 class="agrees">/);
  assert.doesNotMatch(page, /class="box differs/);
  assert.match(page, /<div class="box agrees [^>]*><div class="title">containerPort</);
});

test('names in files never become markup', async (t) => {
  const snapshot = await hostile(t);
  assert.equal(snapshot.deployments.length, 1);
  const page = deploymentReportHtml(snapshot, options);
  assert.doesNotMatch(page, /<img|<b>|<script|javascript:/);
  assert.match(page, /&lt;img src=x/);
  const markdown = deploymentReportMarkdown(snapshot, options);
  assert.doesNotMatch(markdown, /<img|[^\\]\[x\]\(/);
});

test('both forms tell the same numbers', async () => {
  const snapshot = await nineAm('nine-am');
  const markdown = deploymentReportMarkdown(snapshot, options);
  assert.match(markdown, /^\d+ errors?, \d+ warnings?, \d+ info in 1 deployment$/m);
  assert.match(markdown, /✗ \*\*flask-app\*\*: python app\.py → .*listens on 5201/);
});

test('what ECS makes of a broken revision, and that nobody would be told', async () => {
  for (const [name, verdict] of [
    ['nine-am', /ECS would not notice a broken revision\./],
    ['nine-am-fixed', /A broken revision is rolled back after about \d+(?:\.5)?–\d+ minutes\./],
  ] as const) {
    const snapshot = await nineAm(name);
    for (const text of [deploymentReportHtml(snapshot, options), deploymentReportMarkdown(snapshot, options)]) {
      assert.match(text, verdict);
      assert.match(text, /No alarm and no event rule in view watches this service/);
    }
  }
});
