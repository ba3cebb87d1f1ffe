// TypeScript. Only `.tsx` may hold markup, and then `<T>x` is no cast: it has a grammar of its own.

import { ecmascript } from './ecmascript.ts';

export const typescript = ecmascript('typescript', ['.ts', '.cts', '.mts', '.tsx'], (extension) =>
  extension === '.tsx' ? 'tsx' : 'typescript',
);
