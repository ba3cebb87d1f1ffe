// Which image references are only placeholders for what the pipeline writes there. Shared by all sources with images.

import { dynamic, type Value } from '../facts/value.ts';

const REPLACED = 'the pipeline writes the image';

/** Words that people leave where the pipeline writes the image, as a whole segment, tag or reference. */
const PLACEHOLDER_WORD =
  /^(?:place[-_]?holder|image[-_]?placeholder|replaced?(?:[-_].*)?|to[-_]be[-_]\w+|change[-_]?(?:me|it)|fill[-_]?me|tbd|xxx+|dummy|dummy[-_]image|your[-_].*|my[-_]image[-_](?:name|uri|url)|(?:container[-_]|docker[-_]|ecr[-_])?image[-_]?(?:name|uri|url|tag|here)|image|null|none|n\/a|\.\.\.)$/i;

/** A task definition's image: dynamic where it is empty, or a placeholder that no registry could hold. */
export function imageValue(value: Value<string>): Value<string> {
  if (value.state !== 'known' || !isPlaceholder(value.value)) return value;
  return dynamic(value.value, value.at, REPLACED);
}

export function isPlaceholder(image: string): boolean {
  const text = image.trim();
  if (text === '' || /[\s<>{}$"'\\%*]/.test(text)) return true;
  const [reference = ''] = text.split('@', 1);
  const slash = reference.lastIndexOf('/');
  const colon = reference.indexOf(':', slash + 1);
  const name = colon < 0 ? reference : reference.slice(0, colon);
  const tag = colon < 0 ? '' : reference.slice(colon + 1);
  if (tag !== 'LATEST' && (/^_*[A-Z][A-Z_]{2,}$/.test(tag) || PLACEHOLDER_WORD.test(tag))) return true;
  const segments = name.split('/');
  // Docker allows no capital letters in the path: https://github.com/distribution/reference
  if (segments.slice(segments.length > 1 ? 1 : 0).some((segment) => /[A-Z]/.test(segment))) return true;
  if (/[A-Z]{3}/.test(segments[0] ?? '')) return true;
  if (segments.length === 1) return PLACEHOLDER_WORD.test(name);
  return segments.some((segment) => /^(?:place[-_]?holder|your[-_]|replace[-_]?me$|change[-_]?me$)/i.test(segment));
}
