// The registry lets a tag be moved.

import type { ImageRepository } from '../facts/operations.ts';
import { knownValue } from '../facts/value.ts';
import { stackExample } from './infrastructureExamples.ts';
import type { DeploymentRule } from './rule.ts';
import { containerName } from './wording.ts';

const repository = (mutability: string): string => `  Repository:
    Type: AWS::ECR::Repository
    Properties:
      RepositoryName: acme/web
${mutability}`;

const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/web:1.4.2';

export const registryTagsMutable: DeploymentRule = {
  id: 'registry-tags-mutable',
  group: 'images',
  severity: 'info',
  summary: 'The ECR repository that holds the image lets tags be overwritten.',
  why: 'As long as tags are mutable, a second build under the same tag silently replaces the first. What a revision names is then not what was tested, and what a rollback starts may be the new build.',
  remedy:
    'Set `imageTagMutability` to `IMMUTABLE`, or `IMMUTABLE_WITH_EXCLUSION` with a filter for the tags that must move.',
  sources: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html'],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check({ containers }) {
    for (const { container, repository: found } of containers) {
      const mutability = found?.imageTagMutability;
      if (!found || !mutability) continue;
      const written = mutability.state === 'absent' ? 'MUTABLE' : knownValue(mutability);
      if (written !== 'MUTABLE') continue;
      yield {
        at: mutability.state === 'known' ? mutability.at : found.nameAt,
        message: `${called(found)} lets the tag of ${containerName(container)}'s image be overwritten.`,
        related: [{ at: container.image.at, message: 'The image.' }],
        fixes: [
          {
            title: 'Make the tags of the repository immutable',
            kind: 'unsafe',
            preferred: true,
            intents: [
              mutability.state === 'known'
                ? { kind: 'replace', at: mutability.at, value: 'IMMUTABLE' }
                : { kind: 'set', owner: found.at, path: ['imageTagMutability'], value: 'IMMUTABLE' },
            ],
          },
        ],
      };
    }
  },
  examples: {
    bad: [
      {
        files: stackExample({ image, resources: repository('      ImageTagMutability: «MUTABLE»\n') }),
        fixed: stackExample({ image, resources: repository('      ImageTagMutability: IMMUTABLE\n') }),
        message: "Repository acme/web lets the tag of container app's image be overwritten.",
      },
    ],
    good: [stackExample({ image, resources: repository('      ImageTagMutability: IMMUTABLE\n') })],
  },
};

function called({ repositoryName }: ImageRepository): string {
  const name = knownValue(repositoryName);
  return name === undefined ? 'The repository' : `Repository ${name}`;
}
