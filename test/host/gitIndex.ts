// Writes the index of a git repository: https://git-scm.com/docs/index-format

/** Paths must come sorted. `extended` gives every entry the second pair of flags of version 3. */
export function gitIndex(paths: readonly string[], version: 2 | 3 | 4 = 2, extended = false): Buffer {
  const header = Buffer.alloc(12);
  header.write('DIRC', 'latin1');
  header.writeUInt32BE(version, 4);
  header.writeUInt32BE(paths.length, 8);
  const entries = paths.map((name, index) => entry(name, paths[index - 1] ?? '', version, extended));
  return Buffer.concat([header, ...entries, Buffer.alloc(20, 0x5a)]);
}

function entry(name: string, previous: string, version: number, extended: boolean): Buffer {
  const fixed = Buffer.alloc(extended ? 64 : 62, 0x11);
  fixed.writeUInt16BE((extended ? 0x4000 : 0) | Math.min(Buffer.byteLength(name), 0xfff), 60);
  if (version === 4) return Buffer.concat([fixed, prefixed(Buffer.from(name), Buffer.from(previous))]);
  const length = fixed.length + Buffer.byteLength(name);
  return Buffer.concat([fixed, Buffer.from(name), Buffer.alloc(8 - (length % 8))]);
}

function prefixed(name: Buffer, previous: Buffer): Buffer {
  let shared = 0;
  while (shared < previous.length && previous[shared] === name[shared]) shared++;
  return Buffer.concat([offset(previous.length - shared), name.subarray(shared), Buffer.alloc(1)]);
}

/** The variable-length number that pack files use for offsets. */
function offset(value: number): Buffer {
  const bytes = [value & 0x7f];
  for (let rest = (value >> 7) - 1; rest >= 0; rest = (rest >> 7) - 1) bytes.unshift(0x80 | (rest & 0x7f));
  return Buffer.from(bytes);
}
