// The messages this server adds to the language server protocol. Clients copy these few types; they never import the server.
// The work behind them is done in connection.ts and check.ts.

import { NotificationType, RequestType } from 'vscode-languageserver/node';

/** Options a client may send with `initialize`. */
export interface InitializationOptions {
  /** The scheme of addresses the editor opens itself (`vscode`, `code-oss`). Links to rule pages are built from it. */
  readonly uriScheme?: string;
}

/** Without `uri` the whole workspace; with it the deployments the document has a part in. */
export interface CheckParams {
  readonly uri?: string;
}

/** A readable result of a check, and its numbers. Suppressed findings are not counted. */
export interface CheckResult {
  readonly title: string;
  readonly html: string;
  readonly markdown: string;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly deployments: number;
}

export interface RulePageParams {
  readonly rule: string;
}

export interface RulePageResult {
  readonly markdown: string;
}

/** Sent when the first scan starts, and after each analysis that changed a number. */
export interface StatusParams {
  readonly state: 'scanning' | 'ready';
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly deployments: number;
}

export const checkRequest: RequestType<CheckParams | null, CheckResult, void> = new RequestType('steadystate/check');

/** Answers null for a rule that does not exist. */
export const rulePageRequest: RequestType<RulePageParams, RulePageResult | null, void> = new RequestType(
  'steadystate/rulePage',
);

export const statusNotification: NotificationType<StatusParams> = new NotificationType('steadystate/status');
