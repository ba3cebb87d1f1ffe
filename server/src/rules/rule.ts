// The one interface of a rule. A rule file holds everything about one defect: texts, sources, check, examples.

import type { Location } from '../base/text.ts';
import type { EditIntent } from '../facts/edit.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import type { Deployment } from '../graph/deployment.ts';

export type Severity = 'error' | 'warning' | 'info';

export interface Finding {
  /** The smallest token a reader would change. */
  readonly at: Location;
  /** One sentence with both values. */
  readonly message: string;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  /** None of the rule's neighbors reports this one. */
  readonly beyondNeighbors?: boolean;
}

export interface Related {
  readonly at: Location;
  readonly message: string;
}

/**
 * `safe`: cannot change what a correct deployment does. `unsafe`: changes behaviour as its title says.
 * `asks`: leaves a decision to a person; never applied by the command line and not in its JSON.
 */
export type FixKind = 'safe' | 'unsafe' | 'asks';

export interface Fix {
  readonly title: string;
  readonly kind: FixKind;
  /** At most one fix of a finding is preferred. */
  readonly preferred: boolean;
  readonly intents: readonly EditIntent[];
}

/** A tool that reports the same in one format. There the rule is silent, unless settings name its level. */
export interface Neighbor {
  readonly tool: 'cfn-lint';
  /** Its own name for the defect: `E3053`. */
  readonly id: string;
  readonly format: 'CloudFormation';
}

interface RuleTexts {
  /** States the defect: file name, diagnostic code, settings key, anchor. */
  readonly id: string;
  readonly group: 'ports' | 'images' | 'rollback' | 'health' | 'pipeline' | 'task definition' | 'settings' | 'files';
  readonly severity: Severity;
  /** What is wrong, one line. */
  readonly summary: string;
  /** Why it matters, a paragraph of Markdown. */
  readonly why: string;
  /** How to mend it, a paragraph of Markdown. */
  readonly remedy: string;
  /** Pages this rests on. */
  readonly sources: readonly string[];
  readonly fixKinds: readonly FixKind[];
  readonly neighbors?: readonly Neighbor[];
  readonly examples: Examples;
}

/** Each text holds files: `--- path` starts one, `«…»` marks the finding, `«1:…»` its first related place. */
export interface Examples {
  readonly bad: readonly { readonly files: string; readonly fixed?: string; readonly message?: string }[];
  readonly good: readonly string[];
}

/** What settings say to rules. */
export interface RuleSettings {
  /** Minutes from which a rollback is slow. */
  readonly slowAfterMinutes: number;
}

/** Judges one deployment at a time. */
export interface DeploymentRule extends RuleTexts {
  readonly subject: 'deployment';
  check(deployment: Deployment, settings: RuleSettings): Iterable<Finding>;
}

/** Judges one file at a time. */
export interface FileRule extends RuleTexts {
  readonly subject: 'file';
  check(file: FileFacts): Iterable<Finding>;
  /** The same defect where only a deployment that the file belongs to shows it. */
  checkDeployment?(deployment: Deployment): Iterable<Finding>;
}

/** Found by the engine itself while it reads files and settings; the record carries the texts. */
export interface EngineRule extends RuleTexts {
  readonly subject: 'engine';
}

export type Rule = DeploymentRule | FileRule | EngineRule;
