// A file that cannot be read is told of where its path says that it is about deployments, or a deployment reads it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnalysisHost } from '../../server/src/engine/index.ts';
import { root, uriOf } from '../rules/workspace.ts';

const paths: readonly (readonly [string, boolean])[] = [
  ['ecs/production.json', true],
  ['infra/taskDefinition.prod.json', true],
  ['infra/main.tf', true],
  ['.github/workflows/deploy.yml', true],
  ['services/web/Dockerfile', true],
  ['pnpm-lock.yaml', false],
  ['data/movies.json', false],
  ['media/trailer.ts', false],
];

for (const [path, isTold] of paths) {
  test(`${path} is ${isTold ? '' : 'not '}told of`, () => {
    const host = createAnalysisHost();
    host.apply({
      folders: [root],
      added: [uriOf(path)],
      contents: [{ uri: uriOf(path), unreadable: 'it is binary, not text' }],
    });
    assert.deepEqual(
      host.reports(uriOf(path)).map(({ rule }) => rule),
      isTold ? ['file-unreadable'] : [],
    );
  });
}
