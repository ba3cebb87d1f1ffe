// The only door for adapters.

export type * from './analysis.ts';
