// Images of containers in a CDK program: built from a folder of the workspace, of a repository, or of a registry.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.ContainerImage.html

import type { Location } from '../../base/text.ts';
import { joinUri } from '../../base/uri.ts';
import type { EnvironmentVariable, ImageBuild } from '../../facts/taskDefinition.ts';
import { absent, dynamic, known, mapValue, type Value } from '../../facts/value.ts';
import type { Described } from '../described/described.ts';
import { joinedText } from '../described/join.ts';
import { type App, addressOf, argument, objectOf, propertiesOf, property, stringOf, undecided } from './read.ts';
import { type CdkValue, entryOf, type Made, type ObjectValue, placeOf } from './values.ts';

export interface ContainerImage {
  readonly image: Described;
  readonly build?: ImageBuild;
}

const BUILT = 'the CDK builds the image and names it';

export function imageOf(value: CdkValue | undefined, at: Location, app: App): ContainerImage {
  if (value?.kind !== 'made') return { image: undecided(value ? placeOf(value, at) : at) };
  const method = /^aws_ecs\.(?:ContainerImage|AssetImage|EcrImage|RegistryImage)(?:\.(\w+))?$/.exec(value.callee);
  if (!method) return { image: undecided(value.at) };
  switch (method[1] ?? value.callee) {
    case 'fromAsset':
    case 'aws_ecs.AssetImage':
      return builtFrom(argument(value, 0, 'directory'), assetOptions(value), value, app);
    case 'fromDockerImageAsset':
      return fromAsset(argument(value, 0, 'asset'), value, app);
    case 'fromRegistry':
    case 'aws_ecs.RegistryImage':
      return fromRegistry(argument(value, 0, 'name') ?? argument(value, 0, 'imageName'), value, app);
    case 'fromEcrRepository':
    case 'aws_ecs.EcrImage':
      return { image: { kind: 'scalar', value: fromRepository(value, app) } };
    default:
      return { image: undecided(value.at) };
  }
}

function assetOptions(made: Made): ObjectValue {
  return made.keywords ?? objectOf(made.values[1], made.at);
}

function builtFrom(directory: CdkValue | undefined, options: ObjectValue, made: Made, app: App): ContainerImage {
  const at = made.at;
  const context = mapValue(stringOf(directory, at), (path) =>
    path.includes('://') ? path : joinUri(app.folder, path),
  );
  const file = property(options, 'file');
  const name: Value<string> = file ? stringOf(file, at) : known('Dockerfile', context.at);
  const dockerfile: Value<string> =
    context.state === 'known' && name.state === 'known'
      ? { ...name, value: joinUri(context.value, name.value) }
      : dynamic('', at, 'the program computes where the Dockerfile is');
  const target = property(options, 'target');
  return {
    image: { kind: 'scalar', value: dynamic('', at, BUILT) },
    build: {
      at,
      context,
      dockerfile,
      target: target ? stringOf(target, at) : absent(at),
      arguments: buildArguments(options),
    },
  };
}

function buildArguments(options: ObjectValue): readonly EnvironmentVariable[] {
  const given = entryOf(options, 'buildArgs')?.value;
  if (given?.kind !== 'object') return [];
  return given.entries.map(({ key, keyAt, value }) => ({
    name: known(key, keyAt),
    value: stringOf(value, keyAt),
    at: placeOf(value, keyAt),
  }));
}

/** `new DockerImageAsset(this, 'Image', { directory })`. */
function fromAsset(asset: CdkValue | undefined, made: Made, app: App): ContainerImage {
  if (asset?.kind !== 'made' || !/^aws_ecr_assets\.DockerImageAsset$/.test(asset.callee)) {
    return { image: undecided(made.at) };
  }
  const options = propertiesOf(asset);
  return builtFrom(property(options, 'directory'), options, asset, app);
}

/** `asset.imageUri` is the image that the asset builds. */
function fromRegistry(name: CdkValue | undefined, made: Made, app: App): ContainerImage {
  const isAsset = name?.kind === 'made' && name.isMember && name.callee === 'imageUri';
  return isAsset ? fromAsset(name.receiver, made, app) : { image: { kind: 'scalar', value: stringOf(name, made.at) } };
}

/** A repository that the program makes is a resource; its name stands in the text where the program gives it one. */
function fromRepository(made: Made, app: App): Value<string> {
  const repository = argument(made, 0, 'repository');
  const tag = argument(made, 1, 'tag') ?? argument(made, 1, 'tagOrDigest');
  // https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.ContainerImage.html: the tag is `latest` by default.
  const version = tag ? stringOf(tag, made.at) : known('latest', made.nameAt);
  const separator = known(version.state === 'known' && version.value.startsWith('sha256:') ? '@' : ':', made.nameAt);
  const text = (name: Value<string>): Value<string> =>
    joinedText(
      [dynamic(REGISTRY, made.at, 'the deployment decides it'), known('/', made.at), name, separator, version],
      made.at,
    );
  const own = repository?.kind === 'made' && repository.callee === 'aws_ecr.Repository' ? repository : undefined;
  if (!own) return text(importedName(repository, made.at));
  const address = known(addressOf(app, own), made.at);
  const name = property(propertiesOf(own), 'repositoryName');
  const named = name && text(stringOf(name, made.at));
  if (named?.state !== 'dynamic') return text(address);
  const start = REGISTRY.length + 1;
  const end = named.text.length - (separator.value + shown(version)).length;
  return { ...named, pieces: [...(named.pieces ?? []), { start, end, value: address }] };
}

const REGISTRY = '${account}.dkr.ecr.${region}.amazonaws.com';

/** As it stands in a text that it is a part of. */
function shown(version: Value<string>): string {
  const whole = joinedText([version], version.at);
  return whole.state === 'known' ? whole.value : whole.state === 'dynamic' ? whole.text : '';
}

/** The name of a repository that is not the program's own. */
function importedName(repository: CdkValue | undefined, at: Location): Value<string> {
  const open = dynamic('repository', at, 'the program computes it');
  if (repository?.kind !== 'made') return open;
  switch (repository.callee) {
    case 'aws_ecr.Repository.fromRepositoryName':
      return stringOf(argument(repository, 2, 'repositoryName'), at);
    case 'aws_ecr.Repository.fromRepositoryAttributes': {
      const name = property(propertiesOf(repository), 'repositoryName');
      return name ? stringOf(name, at) : open;
    }
    case 'aws_ecr.Repository.fromRepositoryArn': {
      const arn = stringOf(argument(repository, 2, 'repositoryArn'), at);
      return arn.state === 'known' ? mapValue(arn, (text) => /:repository\/(.+)$/.exec(text)?.[1]) : open;
    }
    default:
      return open;
  }
}
