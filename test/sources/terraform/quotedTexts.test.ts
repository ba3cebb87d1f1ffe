// Container definitions that stand in quoted texts with escapes, in HCL and in JSON: found with their places, written over in
// place, and never added to at a wrong place.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { edited, placed, settle, short, type Texts } from './root.ts';

const containers = (image: string): string =>
  JSON.stringify([{ name: 'app', image, portMappings: [{ containerPort: 3000 }] }]);

const hcl = (definitions: string): Texts => ({
  'main.tf': `resource "aws_ecs_task_definition" "app" {\n  family = "app"\n  container_definitions = ${definitions}\n}\n`,
});

const json = (definitions: string): Texts => ({
  'main.tf.json': JSON.stringify(
    { resource: { aws_ecs_task_definition: { app: { family: 'app', container_definitions: definitions } } } },
    undefined,
    2,
  ),
});

const ENCODED = '${jsonencode([{ name = "app", image = "acme/app:1", portMappings = [{ containerPort = 3000 }] }])}';

const rows: readonly (readonly [what: string, texts: Texts, image: string])[] = [
  ['HCL', hcl(JSON.stringify(containers('acme/app:1'))), 'acme/app:1'],
  ['HCL with a template', hcl(JSON.stringify(containers('${var.image}'))), '? ${var.image}'],
  ['JSON', json(containers('acme/app:1')), 'acme/app:1'],
  ['JSON with a template', json(containers('${var.image}')), '? ${var.image}'],
  ['JSON with an expression that quotes', json(ENCODED), 'acme/app:1'],
];

describe('container definitions in a quoted text', () => {
  for (const [what, texts, image] of rows) {
    const [path = ''] = Object.keys(texts);
    it(what, () => {
      const [container] = settle(texts).only('taskDefinition').containerDefinitions.items;
      const port = container?.portMappings.items[0]?.containerPort;
      assert(container && port);
      assert.deepEqual([short(container.name), short(container.image), short(port)], ['app', image, '3000']);
      assert.equal(placed(texts, port.at), `${path}: 3000`);
      assert.equal(placed(texts, container.name.at), `${path}: app`);
      const mended = edited(texts, [{ kind: 'replace', at: port.at, value: 5201 }]);
      assert.equal(mended?.[path], texts[path]?.replace('3000', '5201'));
      const again = mended && settle(mended).only('taskDefinition').containerDefinitions.items[0];
      assert(again?.portMappings.items[0]);
      assert.equal(short(again.portMappings.items[0].containerPort), '5201');
      const added = edited(texts, [{ kind: 'set', owner: container.at, path: ['stopTimeout'], value: 60 }]);
      assert.equal(added, undefined);
      assert.equal(edited(texts, [{ kind: 'remove', at: container.image.at }]), undefined);
    });
  }

  it('a plain text of JSON goes as a whole', () => {
    const texts = json(containers('acme/app:1'));
    const { family } = settle(texts).only('taskDefinition');
    const removed = edited(texts, [{ kind: 'remove', at: family.at }]);
    assert.equal(removed?.['main.tf.json']?.includes('family'), false);
  });

  it('escapes that are cut or unknown', () => {
    const whole = json(containers('${var.image}'))['main.tf.json'] ?? '';
    for (let end = whole.indexOf('container_definitions'); end < whole.length; end++) {
      settle({ 'main.tf.json': whole.slice(0, end) });
      settle({ 'main.tf.json': `${whole.slice(0, end)}\\q${whole.slice(end)}` });
    }
  });
});
