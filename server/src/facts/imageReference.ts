// Image references as Docker reads them: https://github.com/distribution/reference

import type { Known, Value } from './value.ts';

/** `registry/path:tag@digest`. Offsets count within the reference. */
export interface ImageReference {
  /** Registry and path as written: `123.dkr.ecr.eu-west-1.amazonaws.com/acme/web`. */
  readonly name: string;
  /** The last path segment: `web`. */
  readonly lastSegment: string;
  readonly tag?: string;
  readonly tagStart?: number;
  readonly digest?: string;
}

/** Parses a reference; undefined where it is empty or has characters no reference may have. */
export function parseImageReference(text: string): ImageReference | undefined {
  if (text === '' || /[\s<>{}$"'\\%]/.test(text)) return undefined;
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const rest = at < 0 ? text : text.slice(0, at);
  const slash = rest.lastIndexOf('/');
  // A colon before the last slash separates a registry's port: `host:5000/app` has no tag.
  const colon = rest.indexOf(':', slash + 1);
  const name = colon < 0 ? rest : rest.slice(0, colon);
  if (name === '' || name.endsWith('/')) return undefined;
  return {
    name,
    lastSegment: name.slice(name.lastIndexOf('/') + 1),
    ...(colon < 0 ? {} : { tag: rest.slice(colon + 1), tagStart: colon + 1 }),
    ...(digest === undefined ? {} : { digest }),
  };
}

const templates =
  /\$?\{\{[^{}]{0,400}\}\}|\$\{[^{}]{0,400}\}|\$\([^()]{0,80}\)|\$\w{1,80}|<[^<>/]{1,80}>|%[A-Za-z_]\w{0,80}%|__[A-Z][A-Z0-9_]{0,60}?__/g;

export interface DecidedReference {
  readonly image: Known<string>;
  readonly reference: ImageReference;
}

/**
 * The reference where the files decide its tag, or that it has none: also of a text that was put together of known parts
 * and of others that are in front of them, such as `${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/web:latest`.
 */
export function decidedReference(image: Value<string>): DecidedReference | undefined {
  if (image.state === 'known') {
    const reference = parseImageReference(image.value);
    return reference && { image, reference };
  }
  if (image.state !== 'dynamic' || image.pieces === undefined) return undefined;
  const { text, at, pieces } = image;
  const masked = text.replace(templates, (template) => '\u0000'.repeat(template.length));
  const reference = parseImageReference(masked);
  const decided = reference?.tag ?? reference?.lastSegment;
  if (!reference || decided === undefined || `${decided}${reference.digest ?? ''}`.includes('\u0000')) return undefined;
  const name = text.slice(0, reference.name.length);
  return {
    image: { state: 'known', value: text, at, pieces },
    reference: { ...reference, name, lastSegment: name.slice(name.lastIndexOf('/') + 1) },
  };
}

/** The reference, or as much of it as is written: `nginx` of `nginx:${var.tag}`. Undefined where its name is not. */
export function writtenReference(image: Value<string>): string | undefined {
  if (image.state === 'known') return image.value;
  if (image.state !== 'dynamic') return undefined;
  const reference = parseImageReference(image.text.replace(templates, '\u0000'));
  return reference?.name.includes('\u0000') ? undefined : reference?.name;
}

/** The repository's last name, lower case, where templates leave it readable: `api` of `${REGISTRY}/acme/api:$TAG`. */
export function repositoryName(image: Value<string>): string | undefined {
  if (image.state === 'known') return parseImageReference(image.value)?.lastSegment.toLowerCase();
  if (image.state !== 'dynamic') return undefined;
  const text = image.text.replace(templates, '\u0000');
  const name = /(?:^|\/)([\w.-]+)(?:[:@][^/]*)?$/.exec(text)?.[1];
  return name?.toLowerCase();
}
