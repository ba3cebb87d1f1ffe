// What the project and solution files of .NET say about the program they build.

import type { Location } from '../base/text.ts';

export interface DotnetProject {
  readonly kind: 'dotnetProject';
  readonly at: Location;
  /** `Microsoft.NET.Sdk.Web`; empty for old projects without one. */
  readonly sdk: string;
  /** The name of the program without `.dll`, where the file sets it. */
  readonly assemblyName?: string;
  /** Names of packages and of framework references: `Microsoft.AspNetCore.App`. */
  readonly references: readonly string[];
  /** Paths of the projects it builds on, relative to its folder, with `/`. */
  readonly projects: readonly string[];
}

/** The projects of a solution: paths relative to its folder, with `/`. */
export interface DotnetSolution {
  readonly kind: 'dotnetSolution';
  readonly at: Location;
  readonly projects: readonly string[];
}
