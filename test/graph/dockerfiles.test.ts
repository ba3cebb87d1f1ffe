// Which Dockerfile a container is linked to, and what is known of images that a pipeline replaces.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build, deploy, ecr, linked, type Row, render, workflow } from './linking.ts';

const newImage = (file: string): string => `- run: |
    jq --arg IMAGE "$REGISTRY/shop:1" '.containerDefinitions[0].image = $IMAGE' ${file} > new.json
    aws ecs register-task-definition --cli-input-json file://new.json
`;

const rows: readonly Row[] = [
  {
    name: 'an image of others, where the workflow writes into the first container of a task definition that it fetches',
    containers: [{ name: 'tempo', image: 'grafana/tempo:2.3.1' }],
    dockerfiles: ['Dockerfile'],
    workflow: workflow(
      `- run: aws ecs describe-task-definition --task-definition api --query taskDefinition > td.json\n${newImage('td.json')}`,
    ),
    expected: [undefined],
  },
  {
    name: 'an image that stands in for the one that the workflow writes into the first container',
    containers: [{ name: 'web', image: 'nginx' }],
    dockerfiles: ['Dockerfile'],
    workflow: workflow(newImage('ecs/task-definition.json')),
    expected: ['Dockerfile'],
  },
  {
    name: 'copies that were laid aside, and a base of other images',
    containers: [{ name: 'shop', image: '<IMAGE>' }],
    dockerfiles: [
      'web/Dockerfile',
      'web/Dockerfile.bak2',
      'api/Dockerfile.disabled',
      'jobs/Dockerfile.sample',
      'old.Dockerfile',
      'Dockerfile-old',
      'Dockerfile.prod-copy',
      'Dockerfile.base',
    ],
    expected: ['web/Dockerfile'],
  },
  {
    name: 'nothing but a copy that was laid aside',
    containers: [{ name: 'shop', image: '<IMAGE>' }],
    dockerfiles: ['Dockerfile.disabled'],
    expected: [undefined],
  },
  {
    name: 'nothing but a Dockerfile for development',
    containers: [{ name: 'shop', image: '<IMAGE>' }],
    dockerfiles: ['Dockerfile.dev'],
    expected: ['Dockerfile.dev'],
  },
  {
    name: 'a name that only resembles that of a copy',
    containers: [{ name: 'web', image: '<IMAGE>' }],
    dockerfiles: ['a/Dockerfile.gold', 'b/Dockerfile.copyright'],
    expected: [undefined],
  },
  {
    name: 'tags whose registry and tag are filled in during the run',
    containers: [
      { name: 'front', image: '000.dkr.ecr.eu-west-1.amazonaws.com/shop-front:latest' },
      { name: 'back', image: '000.dkr.ecr.eu-west-1.amazonaws.com/shop-back:latest' },
    ],
    dockerfiles: ['ui/Dockerfile', 'core/Dockerfile'],
    workflow: workflow(
      build('$REGISTRY/shop-front:${{ github.sha }}', 'ui') + build('$REGISTRY/shop-back:${{ github.sha }}', 'core'),
    ),
    expected: ['ui/Dockerfile', 'core/Dockerfile'],
  },
  {
    name: 'hyphens of a registry, underscores of folders',
    containers: [{ name: 'jobs', image: '000.dkr.ecr.eu-west-1.amazonaws.com/order-worker:1' }],
    dockerfiles: ['src/order_worker/Dockerfile', 'src/shop_site/Dockerfile'],
    expected: ['src/order_worker/Dockerfile'],
  },
  {
    name: 'a name that every second container has, far away',
    containers: [{ name: 'app', image: 'IMAGE' }],
    dockerfiles: ['other/app/Dockerfile', 'ecs/one/Dockerfile', 'ecs/two/Dockerfile'],
    expected: [undefined],
  },
  {
    name: 'a name that every second container has, as near as others',
    containers: [{ name: 'app', image: 'IMAGE' }],
    dockerfiles: ['app/Dockerfile', 'proxy/Dockerfile'],
    expected: ['app/Dockerfile'],
  },
  {
    name: 'an image whose account is a template',
    containers: [{ name: 'web', image: '{{ must_env `ACCOUNT` }}.dkr.ecr.eu-west-1.amazonaws.com/shop:latest' }],
    dockerfiles: ['docker/one/Dockerfile', 'docker/two/Dockerfile'],
    workflow: workflow(build('$REGISTRY/shop:latest', 'docker/two')),
    expected: ['docker/two/Dockerfile'],
  },
  {
    name: 'placeholders that the workflow replaces by images it builds',
    containers: [
      { name: 'front', image: 'REPLACED' },
      { name: 'back', image: 'REPLACED' },
    ],
    dockerfiles: ['ui/Dockerfile', 'core/Dockerfile'],
    workflow: workflow(
      build('$REGISTRY/a:1', 'ui') +
        build('$REGISTRY/${{ secrets.B }}:1', 'core') +
        render('front', '${{ env.REGISTRY }}/a:1') +
        render('back', '${{ env.REGISTRY }}/${{ secrets.B }}:1'),
    ),
    expected: ['ui/Dockerfile', 'core/Dockerfile'],
  },
  {
    name: 'another repository than the one that the workflow builds',
    containers: [
      { name: 'web', image: 'REPLACED' },
      { name: 'other', image: 'REPLACED' },
    ],
    dockerfiles: ['ui/Dockerfile'],
    workflow: workflow(
      build('$REGISTRY/${{ secrets.WEB }}:1', 'ui') +
        render('web', '${{ env.REGISTRY }}/${{ secrets.WEB }}:2') +
        render('other', '${{ env.REGISTRY }}/${{ secrets.OTHER }}:2'),
    ),
    expected: ['ui/Dockerfile', undefined],
  },
  {
    name: 'a published image that stands in for the one of the workflow',
    containers: [{ name: 'web', image: 'nginx' }],
    dockerfiles: ['Dockerfile'],
    workflow: workflow(render('web', '${{ secrets.IMAGE }}')),
    expected: ['Dockerfile'],
  },
  {
    name: 'published images whose tags are filled in elsewhere',
    containers: [
      { name: 'web', image: '<IMAGE>' },
      { name: 'agent', image: 'datadog/agent:${DATADOG_VERSION}' },
      { name: 'proxy', image: 'public.ecr.aws/nginx/nginx:{{ must_env `NGINX` }}' },
    ],
    dockerfiles: ['Dockerfile'],
    expected: ['Dockerfile', undefined, undefined],
  },
  {
    name: 'another build whose folder is not known',
    containers: [{ name: 'front', image: '<IMAGE>' }],
    dockerfiles: ['ui/Dockerfile', 'core/Dockerfile'],
    workflow: workflow(
      build('${{ secrets.A }}', 'ui') +
        build('${{ secrets.B }}', '${{ inputs.folder }}') +
        render('front', '${{ secrets.C }}'),
    ),
    expected: [undefined],
  },
  {
    name: 'folders that end or begin the name of the repository',
    containers: [
      { name: 'one', image: 'acme/shop_api' },
      { name: 'two', image: 'acme/worker-image' },
      { name: 'three', image: 'acme/shop-ml-service' },
      { name: 'four', image: 'acme/docker-thing' },
    ],
    dockerfiles: ['api/Dockerfile', 'worker/Dockerfile', 'Dockerfile', 'ml-service/Dockerfile', 'docker/Dockerfile'],
    expected: ['api/Dockerfile', 'worker/Dockerfile', 'ml-service/Dockerfile', undefined],
  },
  {
    name: 'the only image that the workflow pushes',
    containers: [{ name: 'web', image: '<IMAGE>' }],
    dockerfiles: ['Dockerfile', 'release/Dockerfile'],
    workflow: workflow(
      `- run: |\n    docker build -t $REGISTRY/$REPOSITORY:1 -f release/Dockerfile .\n    docker push $REGISTRY/$REPOSITORY:1\n`,
    ),
    expected: ['release/Dockerfile'],
  },
  {
    name: 'an image that the workflow pushes to another repository',
    containers: [{ name: 'web', image: 'acme/shop:1' }],
    dockerfiles: ['Dockerfile', 'release/Dockerfile'],
    workflow: workflow(
      `- run: |\n    docker build -t acme/tools:1 -f release/Dockerfile .\n    docker push acme/tools:1\n`,
    ),
    expected: ['Dockerfile'],
  },
  {
    name: 'beside an official image',
    containers: [
      { name: 'one', image: 'acme/shop:1' },
      { name: 'two', image: 'eclipse-mosquitto:2.0' },
    ],
    dockerfiles: ['Dockerfile'],
    expected: ['Dockerfile', undefined],
  },
  {
    name: 'a task definition that envsubst writes to another file, named by variables',
    containers: [{ name: 'inner', image: 'PLACEHOLDER' }],
    dockerfiles: ['Dockerfile', 'Dockerfile.inner'],
    workflow: workflow(`- run: docker build -t reg/shop .
- run: docker build -t reg/shop-inner -f Dockerfile.inner .
- run: envsubst < "$TASK_FILE" > rendered.json
  env:
    TASK_FILE: ecs/task-definition.json
- uses: aws-actions/amazon-ecs-render-task-definition@v1
  with:
    task-definition: rendered.json
    container-name: inner
    image: reg/shop-inner:1
`),
    expected: ['Dockerfile.inner'],
  },
  {
    name: 'a pipe that writes the task definition at its end',
    containers: [{ name: 'inner', image: 'PLACEHOLDER' }],
    dockerfiles: ['Dockerfile', 'Dockerfile.inner'],
    workflow: workflow(`- run: docker build -t reg/shop .
- run: docker build -t reg/shop-inner -f Dockerfile.inner .
- run: cat ecs/task-definition.json | sed 's/A/B/' | sed 's/C/D/' > rendered.json
- uses: aws-actions/amazon-ecs-render-task-definition@v1
  with:
    task-definition: rendered.json
    container-name: inner
    image: reg/shop-inner:1
`),
    expected: ['Dockerfile.inner'],
  },
  {
    name: 'the only Dockerfile left where the other container has its own',
    containers: [
      { name: 'nginx', image: '<IMAGE_NGINX>' },
      { name: 'php', image: '<IMAGE_PHP>' },
    ],
    dockerfiles: ['Dockerfile', 'nginx/Dockerfile'],
    expected: ['nginx/Dockerfile', 'Dockerfile'],
  },
  {
    name: 'a plain Dockerfile among variants of its folder',
    containers: [{ name: 'shop-backend', image: '<IMAGE>' }],
    dockerfiles: ['backend/Dockerfile', 'backend/Dockerfile.sandbox', 'web/Dockerfile'],
    expected: ['backend/Dockerfile'],
  },
  {
    name: 'a plain Dockerfile beside one for production',
    containers: [{ name: 'backend', image: '<IMAGE>' }],
    dockerfiles: ['backend/Dockerfile', 'backend/Dockerfile.prod', 'web/Dockerfile'],
    expected: [undefined],
  },
  {
    name: 'several folders that resemble the name',
    containers: [
      { name: 'one', image: 'acme/shop' },
      { name: 'two', image: 'acme/other' },
    ],
    dockerfiles: ['shop-api/Dockerfile', 'shop-worker/Dockerfile'],
    expected: [undefined, undefined],
  },
];

for (const row of rows) {
  test(row.name, async () => {
    assert.deepEqual(await linked(row), row.expected);
  });
}

test('an image that a pipeline replaces says nothing of what listens', async () => {
  const containers = [{ name: 'web', image: 'nginx' }];
  const [alone] = await deploy({ containers, dockerfiles: [] });
  assert.equal(alone?.listens.state, 'known');
  const replaced = workflow(render('web', '${{ secrets.IMAGE }}'));
  const [rendered] = await deploy({ containers, dockerfiles: [], workflow: replaced });
  assert.equal(rendered?.listens.state, 'unknown');
});

const reasons: readonly { readonly row: Omit<Row, 'name' | 'expected'>; readonly reason: RegExp }[] = [
  {
    row: { containers: [{ name: 'web', image: ecr('shop') }], dockerfiles: ['a/Dockerfile', 'b/Dockerfile'] },
    reason: /^No build, folder or name tells which Dockerfile builds its image; name its Dockerfile with "links" in /,
  },
  {
    row: { containers: [{ name: 'web', image: ecr('shop') }], dockerfiles: [] },
    reason: /^No Dockerfile is in view, so the image is built elsewhere\.$/,
  },
  {
    row: { containers: [{ name: 'web', image: 'someone/thing' }], dockerfiles: ['Dockerfile'] },
    reason: /^Nothing in view builds the public image someone\/thing or carries its name; if it is built here, name /,
  },
  {
    row: { containers: [{ name: 'web', image: 'quay.io/keycloak/keycloak:26' }], dockerfiles: ['Dockerfile'] },
    reason: /^The image quay\.io\/keycloak\/keycloak:26 is published by others, and no build in view makes it\.$/,
  },
  {
    row: { containers: [{ name: 'web', image: ecr('api') }], dockerfiles: ['a/api/Dockerfile', 'b/api/Dockerfile'] },
    reason:
      /^Several Dockerfiles could build its image \(a\/api\/Dockerfile, b\/api\/Dockerfile\); name the right one /,
  },
  {
    row: {
      containers: [{ name: 'web', image: ecr('shop') }],
      dockerfiles: ['a/Dockerfile', 'b/Dockerfile'],
      workflow: workflow(build('shop', '${{ vars.FOLDER }}')),
    },
    reason:
      /^The pipeline that builds its image names a Dockerfile that is not in view or that only a run decides; name /,
  },
  {
    row: { containers: [{ name: 'web', image: ecr('shop') }], dockerfiles: ['Dockerfile'] },
    reason: /server\.js.*; state the ports with "listens" in steadystate\.json\.$/,
  },
];

for (const { row, reason } of reasons) {
  test(`told: ${reason.source.slice(0, 60)}`, async () => {
    const [container] = await deploy(row);
    assert.ok(container?.listens.state === 'unknown');
    assert.match(container.listens.reason, reason);
    if (!container.dockerfile) assert.equal(container.unlinked, container.listens.reason);
  });
}
