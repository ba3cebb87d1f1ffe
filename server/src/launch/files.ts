// The files a launcher may look at.

export type { Files } from '../facts/files.ts';
