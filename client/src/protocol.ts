// The messages that this extension's server adds to the language server protocol, as the server defines them.
// A copy, because the client imports nothing of the server.

export const checkRequest = 'steadystate/check';
export const rulePageRequest = 'steadystate/rulePage';
export const statusNotification = 'steadystate/status';

/** With `uri` the deployments the document has a part in, else the whole workspace. */
export interface CheckParams {
  readonly uri?: string;
}

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly deployments: number;
}

export interface CheckResult extends Counts {
  readonly title: string;
  readonly html: string;
}

export interface RulePageResult {
  readonly markdown: string;
}

export interface Status extends Counts {
  readonly state: 'scanning' | 'ready';
}
