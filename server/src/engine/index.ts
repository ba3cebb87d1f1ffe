// The only door for adapters.

export type * from './analysis.ts';
export { createAnalysisHost } from './host.ts';
