import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decidedReference, repositoryName } from '../../../server/src/facts/imageReference.ts';
import { placeWithin } from '../../../server/src/facts/value.ts';
import { item, slice } from '../marks.ts';
import { settle } from './stack.ts';

function template(image: string): string {
  return `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Tag: { Type: String, Default: stable }
  Image: { Type: String }
Resources:
  Registry: { Type: "AWS::ECR::Repository", Properties: { RepositoryName: acme/web } }
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: app
          Image: ${image}
`;
}

const ECR = '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com';

/** `tag` is undefined where the image has none, and null where that is not decided. */
const rows: readonly (readonly [image: string, repository: string | undefined, tag: string | undefined | null])[] = [
  ['acme/web:1', 'web', '1'],
  [`!Sub "${ECR}/acme/web:latest"`, 'web', 'latest'],
  [`!Sub ${ECR}/acme/web`, 'web', undefined],
  [`!Sub "${ECR}/acme/web:\${Tag}"`, 'web', 'stable'],
  ['!Sub "${Registry.RepositoryUri}:latest"', 'web', 'latest'],
  ['!Join [":", [!GetAtt Registry.RepositoryUri, latest]]', 'web', 'latest'],
  ['!Join ["", [!Ref AWS::AccountId, ".dkr.ecr.eu-west-1.amazonaws.com/", web, ":latest"]]', 'web', 'latest'],
  ['!Sub "${Image}:latest"', undefined, 'latest'],
  ['!Ref Image', undefined, null],
  [`!Sub "${ECR}/\${Image}"`, undefined, null],
  [`!Sub "${ECR}/web:\${Image}"`, 'web', null],
  [`!Sub "${ECR}/web@\${Image}"`, 'web', null],
];

describe('images in templates', () => {
  for (const [image, repository, tag] of rows) {
    it(image, () => {
      const text = template(image);
      const task = settle({ 'stack.yml': text }).find((fact) => fact.kind === 'taskDefinition');
      assert(task);
      const value = item(task.containerDefinitions).image;
      assert.equal(repositoryName(value), repository);
      const decided = decidedReference(value);
      assert.equal(decided ? decided.reference.tag : null, tag);
      const { tagStart } = decided?.reference ?? {};
      if (!decided || typeof tag !== 'string' || tagStart === undefined) return;
      assert.equal(slice(text, placeWithin(decided.image, tagStart, tagStart + tag.length)), tag);
    });
  }
});
