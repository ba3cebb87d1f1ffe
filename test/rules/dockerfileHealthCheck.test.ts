// A health check is taken into the task definition only where the image can run it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allReports, analyze } from './workspace.ts';

const images: readonly (readonly [string, readonly string[]])[] = [
  ['node:22-alpine', []],
  ['node:22', ['Write this health check into the task definition']],
  ['acme/base:3', ['Write this health check into the task definition']],
];

for (const [image, titles] of images) {
  test(`curl in a health check of ${image}`, async () => {
    const host = await analyze(
      new Map([
        ['Dockerfile', `FROM ${image}\nHEALTHCHECK CMD curl -f http://localhost:3000/\nCMD ["node", "server.js"]\n`],
        [
          'task-definition.json',
          '{ "family": "web", "containerDefinitions": [{ "name": "app", "image": "acme/web:1" }] }',
        ],
      ]),
    );
    const report = allReports(host).find(({ rule }) => rule === 'dockerfile-health-check-ignored');
    assert.deepEqual(
      report?.fixes.map(({ title }) => title),
      titles,
    );
    assert.equal(report?.related.length, titles.length === 0 ? 2 : 1);
  });
}
