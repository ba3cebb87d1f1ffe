// What is inside the packaged extension.

import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import type { EditorTest } from './outcome.ts';

const megabyte = 1024 * 1024;

/** Their context is the path of the VSIX. */
export const packageTests: readonly EditorTest<string>[] = [
  {
    name: 'the package is at most 8 MB',
    run: async (vsix) => {
      const { size } = await stat(vsix);
      const megabytes = (size / megabyte).toFixed(1);
      assert.ok(size <= 8 * megabyte, `It has ${megabytes} MB.`);
      return `${megabytes} MB`;
    },
  },
  {
    name: 'the package holds what runs and nothing else',
    run: async (vsix) => {
      const names = fileNames(await readFile(vsix));
      const allowed =
        /^(?:\[Content_Types\]\.xml|extension\.vsixmanifest|extension\/(?:package\.json|readme\.md|changelog\.md|LICENSE\.txt|media\/\w+\.png|dist\/[a-z]+\.cjs|dist\/(?:grammars|docs)\/.+|schemas\/.+\.json))$/i;
      assert.deepEqual(
        names.filter((name) => !allowed.test(name)),
        [],
      );
      for (const needed of ['extension', 'server', 'cli']) {
        assert.ok(names.includes(`extension/dist/${needed}.cjs`), `${needed}.cjs is missing`);
      }
      assert.ok(
        names.some((name) => name.startsWith('extension/dist/grammars/')),
        'the grammars are missing',
      );
    },
  },
];

/** Of a zip file's central directory. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT section 4.3.12 */
function fileNames(zip: Buffer): readonly string[] {
  const names: string[] = [];
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')) + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const lengths = {
      name: zip.readUInt16LE(at + 28),
      extra: zip.readUInt16LE(at + 30),
      comment: zip.readUInt16LE(at + 32),
    };
    names.push(zip.toString('utf8', at + 46, at + 46 + lengths.name));
    at += 46 + lengths.name + lengths.extra + lengths.comment;
  }
  return names;
}
