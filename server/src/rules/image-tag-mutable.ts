// The tag is a name that moves by convention.

import { decidedImage, isMovingName, pinFix, tagPlace } from './imageTags.ts';
import type { DeploymentRule } from './rule.ts';

export const imageTagMutable: DeploymentRule = {
  id: 'image-tag-mutable',
  group: 'images',
  severity: 'info',
  summary: 'The tag is a moving name (`main`, `dev`, `prod`, `stable`…).',
  why: 'A branch or environment name is pushed again with every build, so the revision does not say which program it runs, just as with `latest`.',
  remedy: 'Push every build under a tag of its own and write that tag into the revision.',
  sources: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html'],
  fixKinds: ['asks'],
  subject: 'deployment',
  *check({ containers }) {
    for (const container of containers) {
      const decided = decidedImage(container);
      if (!decided || !isMovingName(decided.reference.tag)) continue;
      yield {
        at: tagPlace(decided),
        message: `Tag ${decided.reference.tag} of image ${decided.reference.name} is a name that is pushed again with every build.`,
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
  "containerDefinitions": [{ "name": "app", "image": "acme/web:«main»", "essential": true }]
}
`,
        message: 'Tag main of image acme/web is a name that is pushed again with every build.',
      },
    ],
    good: [
      `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:main-4f1c2aa", "essential": true }]
}
`,
    ],
  },
};
