// A pipeline that deploys pushes its image under tags that move, and no other.

import { knownValue, type Value } from '../facts/value.ts';
import { movingTags, wholePipelines } from './pushedImages.ts';
import type { FileRule } from './rule.ts';
import { listOf } from './wording.ts';

export const pipelinePushesLatestOnly: FileRule = {
  id: 'pipeline-pushes-latest-only',
  group: 'pipeline',
  severity: 'warning',
  summary: 'The only tag pushed is a moving one.',
  why: 'The next push takes the tag away from this build. From then on no task definition can name it, a rollback depends on a digest that nothing but ECS remembers and that a lifecycle policy may delete, and nobody can tell from the tag which commit runs.',
  remedy:
    'Push a tag of its own for every build, such as the commit, and write that into the task definition. The moving tag may go along.',
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html#deployment-container-image-stability',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html',
  ],
  fixKinds: [],
  subject: 'file',
  *check(file) {
    for (const pipeline of wholePipelines(file)) {
      const { deploys, renders, builds } = pipeline;
      if (deploys.length + renders.length === 0 || renders.some(({ image }) => namesDigest(image))) continue;
      for (const build of builds) {
        const tags = movingTags(build, pipeline);
        const last = tags.at(-1);
        if (!last) continue;
        const names = listOf(tags.map(({ tag }) => tag));
        yield {
          at: last.at,
          message: `The image is pushed as ${names} only, which the next push takes away, so no task definition can name this build.`,
        };
      }
    }
  },
  examples: {
    bad: [
      {
        files: `--- .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: docker/build-push-action@v6
        with:
          push: true
          tags: acme/web:«latest»
      - id: render
        uses: aws-actions/amazon-ecs-render-task-definition@v1
        with:
          task-definition: task-definition.json
          container-name: app
          image: acme/web:latest
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with:
          task-definition: \${{ steps.render.outputs.task-definition }}
          service: web
          wait-for-service-stability: true
`,
        message:
          'The image is pushed as latest only, which the next push takes away, so no task definition can name this build.',
      },
    ],
    good: [
      `--- .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: docker/build-push-action@v6
        with:
          push: true
          tags: |
            acme/web:latest
            acme/web:\${{ github.sha }}
      - id: render
        uses: aws-actions/amazon-ecs-render-task-definition@v1
        with:
          task-definition: task-definition.json
          container-name: app
          image: acme/web:\${{ github.sha }}
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with:
          task-definition: \${{ steps.render.outputs.task-definition }}
          service: web
          wait-for-service-stability: true
`,
    ],
  },
};

function namesDigest(image: Value<string>): boolean {
  const text = image.state === 'dynamic' ? image.text : (knownValue(image) ?? '');
  return /@|digest/i.test(text);
}
