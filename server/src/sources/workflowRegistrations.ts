// Which commands and actions of pipelines may register a new revision of a task definition or wait for a service, besides
// those that are read for themselves. What is not known may: a rule that says nobody does must be sure.

import { dynamic } from '../facts/value.ts';
import type { JobState } from './workflowCommands.ts';
import { COMPUTED, type PlacedText } from './workflowText.ts';

/** Programs by the words that make them deploy. */
const commands: Readonly<Record<string, RegExp>> = {
  terraform: /\bapply\b/,
  tofu: /\bapply\b/,
  terragrunt: /\bapply\b/,
  pulumi: /\bup\b/,
  cdk: /\bdeploy\b/,
  sam: /\bdeploy\b/,
  copilot: /\bdeploy\b/,
  ecspresso: /\bdeploy\b/,
  serverless: /\bdeploy\b/,
  sls: /\bdeploy\b/,
  ecs: /\b(?:deploy|update)\b/,
  'ecs-cli': /\bcompose\b/,
  'ecs-deploy': /./,
  aws: /\b(?:cloudformation (?:deploy|create-stack|update-stack|execute-change-set)|deploy create-deployment|codepipeline |codebuild |stepfunctions |lambda )/,
};

/** Programs of the workspace, whatever they do; of package managers only what they run for the project. */
const ownProgram = /\.(?:sh|bash|py|js|mjs|ts|rb|ps1)$|^(?:make|task|just|rake|gradle|gradlew|mvn|invoke|nx|turbo)$/;
const runsOwnProgram = /^(?:bash|sh|python[\d.]*|node|ruby|npm|yarn|pnpm|bun|poetry|pipenv|uv|bundle)$/;
const deploying = /deploy|release|publish|rollout|task[-_]?def|terraform|infra|\bcdk\b|\becs\b/i;

export function mayRegister(program: string, words: readonly string[]): boolean {
  const rest = words.join(' ').slice(0, 2000);
  if (Object.hasOwn(commands, program)) return commands[program]?.test(rest) === true;
  if (ownProgram.test(program) || runsOwnProgram.test(program)) return deploying.test(`${program} ${rest}`);
  return false;
}

/** Of actions and other packaged steps: what their name says. Those that only set a tool up do nothing. */
export function actionMayRegister(uses: string): boolean {
  return (
    /ecs|terraform|tofu|pulumi|cdk|cloudformation|copilot|serverless|codedeploy|codepipeline|codebuild/.test(uses) &&
    !/setup|amazon-ecs-(?:render|deploy)-task-definition/.test(uses)
  );
}

/**
 * What stands in substitutions and variables: `REVISION=$(aws ecs register-task-definition …)`, loops that ask until all is
 * well, tags that depend on a condition.
 */
export function readUnwalked(state: JobState, script: PlacedText): void {
  const text = script.text.replace(/^[ \t]*#.*$/gm, '');
  const at = script.place(0, script.text.length);
  if (text.includes('register-task-definition')) state.registrations.push(at);
  if (/\b(?:while|until|for)\b/.test(text) && /describe-services|describe-tasks|list-tasks|rolloutState/.test(text)) {
    state.waits.push({ at, minutes: dynamic('', at, COMPUTED) });
  }
  if (tagsElsewhere.test(text) || choosesTag(text)) state.otherImages.push({ text: '', open: true, at });
}

/** Tools that give an image that is pushed already another tag. */
const tagsElsewhere =
  /\b(?:imagetools[ \t]+create|docker[ \t]+manifest|ecr[ \t]+put-image|(?:crane|gcrane)[ \t]+(?:tag|cp|copy)|skopeo[ \t]+copy|regctl[ \t]+image)\b/;

/** Whether a variable is `latest` in one case and something else in another. */
function choosesTag(text: string): boolean {
  const values = new Map<string, Set<string>>();
  for (const [, name = '', value = ''] of text.matchAll(/\b([A-Za-z_]\w{0,60})=["']?([^\s"';]{0,200})/g)) {
    values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  return [...values.values()].some((given) => given.size > 1 && [...given].some((value) => /latest$/.test(value)));
}
