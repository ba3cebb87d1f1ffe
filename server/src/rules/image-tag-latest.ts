// The image is whatever `latest` means by then.

import { liesWithin } from '../base/text.ts';
import { decidedImage, isLatest, pinFix, tagPlace } from './imageTags.ts';
import type { DeploymentRule } from './rule.ts';

export const imageTagLatest: DeploymentRule = {
  id: 'image-tag-latest',
  group: 'images',
  severity: 'warning',
  summary:
    "A task definition's image is `:latest`, or has no tag and no digest, and nothing in the pipeline replaces it.",
  why: 'A revision with `:latest` does not say which program it runs. A push alone deploys nothing: since June 2024 a deployment pins the digest that the tag has when it starts, and tasks that are added or replaced later run that digest too. So two deployments of one revision, a forced one for example, can run different programs. Where the tag is not pinned (a service created at zero tasks, `versionConsistency` disabled, three failed attempts to resolve it without a circuit breaker), each task that starts runs whatever was pushed last, also after a rollback.',
  remedy:
    'Push every build under a tag of its own (a version, a commit) and write that tag into the revision, by hand or in the pipeline.',
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html#deployment-container-image-stability',
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html',
  ],
  fixKinds: ['asks'],
  subject: 'deployment',
  *check({ containers }) {
    for (const container of containers) {
      const decided = decidedImage(container);
      if (!decided || !isLatest(decided.reference)) continue;
      const { name, tag } = decided.reference;
      const at = tagPlace(decided);
      yield {
        at,
        // The default of a parameter or a variable is what a deployment mostly overrides.
        ...(liesWithin(at, container.container.at) ? {} : { severity: 'info' as const }),
        message:
          tag === undefined
            ? `Image ${name} has no tag, so it runs whatever ${name}:latest means when a deployment starts.`
            : `Image ${name}:latest runs whatever that tag means when a deployment starts.`,
        fixes: [pinFix(decided)],
      };
    }
  },
  examples: {
    bad: [
      {
        files: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:«latest»", "essential": true }]
}
`,
        message: 'Image acme/web:latest runs whatever that tag means when a deployment starts.',
      },
      {
        files: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "«registry.example.com:5000/acme/web»", "essential": true }]
}
`,
      },
    ],
    good: [
      `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:latest", "essential": true }]
}
--- .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - id: render
        uses: aws-actions/amazon-ecs-render-task-definition@v1
        with:
          task-definition: task-definition.json
          container-name: app
          image: acme/web:\${{ github.sha }}
`,
      `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web@sha256:3b2f1c0e5d4a6978b1c2d3e4f5061728394a5b6c7d8e9f00112233445566778f" }]
}
`,
    ],
  },
};
