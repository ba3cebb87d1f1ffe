// Every rule that judges deployments is told in some deployment of the suite, or says here why it is not.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import { deployments } from './deployments.ts';

/** The files that decide them are the same whatever the deployment is written in, or stand in one format only. */
const elsewhere: Readonly<Record<string, string>> = {
  'expose-differs-from-listen': 'a Dockerfile decides it',
  'base-image-tag-latest': 'a Dockerfile decides it',
  'entry-file-missing': 'a Dockerfile decides it',
  'ports-clash-in-task': 'two Dockerfiles decide it',
  'health-check-path-unserved': 'programs decide it: test/rules has them',
  'security-group-blocks-container-port':
    'its examples are in CloudFormation; test/sources reads groups of each format',
  'describe-only-keys': 'JSON that a command printed',
  'pipeline-reuses-task-definition': 'a pipeline decides it',
  'pipeline-pushes-latest-only': 'a pipeline decides it',
  'pipeline-does-not-wait': 'a pipeline decides it',
  'pipeline-container-unknown': 'a pipeline decides it',
  'task-definition-owned-twice': 'a pipeline beside Terraform',
};

test('every rule is told in some deployment', () => {
  const told = new Set(deployments.flatMap(({ findings }) => findings.map((finding) => finding.split(' ')[1])));
  const judging = rules.filter(
    ({ subject, group }) => subject !== 'engine' && group !== 'settings' && group !== 'files',
  );
  const untold = judging.map(({ id }) => id).filter((id) => !told.has(id));
  assert.deepEqual(untold.sort(), Object.keys(elsewhere).sort());
});
