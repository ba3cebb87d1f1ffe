// What a build file of Maven or Gradle says about the program it builds: which libraries it uses, which modules it has,
// and how its archive is named.

import type { Location } from '../base/text.ts';
import type { Known } from './value.ts';

export interface JavaProject {
  readonly kind: 'javaProject';
  /** `settings` is Gradle's settings file, which names the project and its modules. */
  readonly tool: 'maven' | 'gradle' | 'settings';
  readonly at: Location;
  /** `artifactId`, or the name that Gradle's settings give the root project. */
  readonly name?: string;
  /** The archive's name without its version and ending, where the file sets one; may hold `${…}`. */
  readonly archiveName?: string;
  readonly packaging: 'jar' | 'war' | 'modules';
  /** Paths of the modules' folders. */
  readonly modules: readonly string[];
  /** What the program runs with: `group:artifact`, `catalog:alias` of a version catalog, `project:path` of a module. */
  readonly dependencies: readonly Known<string>[];
  /** `groupId:artifactId` of Maven's plugins, ids of Gradle's. */
  readonly plugins: readonly string[];
  readonly mainClass?: Known<string>;
  /** Whether what it says holds for its modules too: a Maven parent, Gradle's `subprojects` and `allprojects`. */
  readonly appliesToModules: boolean;
  /** False where a build script or another file may add libraries that cannot be seen. */
  readonly complete: boolean;
}
