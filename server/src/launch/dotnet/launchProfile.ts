// `Properties/launchSettings.json`, which `dotnet run` applies and `dotnet App.dll` does not: the addresses and variables
// of a profile, on top of what is set. https://learn.microsoft.com/aspnet/core/fundamentals/environments#lsj

import type { Uri } from '../../base/uri.ts';
import { dirname, joinUri } from '../../base/uri.ts';
import type { ConfigFile } from '../../facts/configFile.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Value } from '../../facts/value.ts';
import { withStep } from '../../facts/value.ts';
import type { ContainerProcess } from '../launcher.ts';
import { step, wordText } from '../text.ts';

const PROFILE_KEY = /^profiles\.(.+)\.commandName$/;

/** The process under a profile: the one named, else the first that starts the project. Undefined where it is not read. */
export function withLaunchProfile(
  process: ContainerProcess,
  project: Uri,
  name: string | undefined,
): ContainerProcess | undefined {
  const uri = joinUri(dirname(project), 'Properties/launchSettings.json');
  if (!process.files.exists(uri)) return process;
  const file = factOf(process.files.facts(uri, 'configFile'), 'configFile');
  if (file === undefined) return undefined;
  const profile = name ?? firstProfile(file);
  if (profile === undefined) return process;
  const prefix = `profiles.${profile}.`;
  const variables = file.entries.flatMap(({ key, value }) => {
    const variable = variableOf(key, prefix);
    if (variable === undefined || value.state === 'absent') return [];
    const text = `${process.shownPath(uri)} ${variable}=${wordText(value)}`;
    return [{ name: variable, value: withStep<string>(value, step(value.at, text)) }];
  });
  return { ...process, environment: process.environment.with(variables) };
}

function variableOf(key: string, prefix: string): string | undefined {
  if (key === `${prefix}applicationUrl`) return 'ASPNETCORE_URLS';
  const variables = `${prefix}environmentVariables.`;
  return key.startsWith(variables) ? key.slice(variables.length) : undefined;
}

function firstProfile(file: ConfigFile): string | undefined {
  const isProject = (value: Value<string>) => value.state === 'known' && value.value === 'Project';
  const entry = file.entries.find(({ key, value }) => PROFILE_KEY.test(key) && isProject(value));
  return PROFILE_KEY.exec(entry?.key ?? '')?.[1];
}
