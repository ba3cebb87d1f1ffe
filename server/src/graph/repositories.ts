// Which registry repository of the workspace's infrastructure code holds a container's image.

import { parseImageReference } from '../facts/imageReference.ts';
import type { ImageRepository } from '../facts/operations.ts';
import { isAddress } from '../facts/reference.ts';
import type { Container } from '../facts/taskDefinition.ts';
import { knownValue, type Value } from '../facts/value.ts';
import type { View } from './view.ts';

/** The resource that the image names, else the one of its name; where two repositories share that, none. */
export function repositoryOf(container: Container, view: View): ImageRepository | undefined {
  const named = namedRepository(container.image, view);
  if (named) return named;
  const path = repositoryPath(container.image);
  if (path === undefined) return undefined;
  const found = view
    .filesWith('imageRepository', view.folderOf(container.at.uri))
    .flatMap((uri) => (view.facts(uri)?.facts ?? []).filter((fact) => fact.kind === 'imageRepository'))
    .filter(({ repositoryName }) => knownValue(repositoryName) === path);
  return found.length === 1 ? found[0] : undefined;
}

function namedRepository(image: Value<string>, view: View): ImageRepository | undefined {
  const pieces = image.state === 'known' || image.state === 'dynamic' ? (image.pieces ?? []) : [];
  const address = pieces.find(({ value }) => isAddress(value.value))?.value.value;
  const found = address === undefined ? undefined : view.resource(address);
  return found?.kind === 'imageRepository' ? found : undefined;
}

/** `acme/web` of `123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/web:1`, also where the registry is a template. */
function repositoryPath(image: Value<string>): string | undefined {
  const text = image.state === 'known' ? image.value : image.state === 'dynamic' ? image.text : '';
  const path = /^[^/]*\.dkr\.ecr\.[^/]*\/(.+)$/.exec(text)?.[1];
  if (path === undefined || isAddress(text)) return undefined;
  return parseImageReference(path.replace(/[:@][^/]*$/, ''))?.name;
}
