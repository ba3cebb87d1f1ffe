// A repository of ECR from its description in CloudFormation's words.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html

import type { ImageRepository } from '../../facts/operations.ts';
import type { Address } from '../../facts/reference.ts';
import type { DescribedObject } from './described.ts';
import { named, readString } from './values.ts';

export function readImageRepository(properties: DescribedObject, address: Address): ImageRepository {
  const owner = named(properties, 'repositoryName');
  return {
    kind: 'imageRepository',
    at: owner.at,
    nameAt: owner.nameAt,
    address,
    repositoryName: readString(owner, 'repositoryName'),
    imageTagMutability: readString(owner, 'imageTagMutability'),
  };
}
