// Image references as Docker reads them: https://github.com/distribution/reference

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
