// Start scripts that builds write for JVM programs: Gradle's `bin/app`, the `run-java.sh` of Red Hat's images, and
// native executables of Quarkus.

import { argumentsOf, containerPath, knownCommand, workspaceFile } from '../argv.ts';
import type { JavaStart } from '../java/commandLine.ts';
import { optionsOf } from '../java/commandLine.ts';
import { frameworkOf } from '../java/libraries.ts';
import type { JavaBuild } from '../java/projects.ts';
import { javaBuild } from '../java/projects.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment } from '../text.ts';
import { javaProgram } from './java.ts';

const RUN_JAVA = /^(?:run-java\.sh|run)$/;

export const javaScripts: Launcher = {
  id: 'javaScripts',
  runs: (command, process) => startedBuild(command, process) !== undefined,
  resolve(process) {
    const path = knownCommand(process) ?? '';
    const build = startedBuild(lastSegment(path), process);
    if (build === 'several') return unknownOutcome(process, `which module ${path} is built from cannot be decided`);
    return build === undefined
      ? unknownOutcome(process, `${path} is made by a build that is not in view`)
      : started(process, build);
  },
};

function startedBuild(command: string, process: ContainerProcess): JavaBuild | 'several' | undefined {
  const path = knownCommand(process) ?? '';
  if (RUN_JAVA.test(command)) {
    return /\/run-java(?:\.sh)?(?:\/|$)|s2i\/run$/.test(path) || command === 'run-java.sh'
      ? javaBuild(process, '/deployments')
      : undefined;
  }
  if (!path.includes('/') || workspaceFile(process, path) !== undefined) return undefined;
  const isScript =
    /\/bin\/[\w.-]+$/.test(containerPath(process, path)) && !/^\/(?:usr\/(?:local\/)?)?s?bin\//.test(path);
  const isNative = /(?:^|\/)application$|-runner$/.test(path);
  if (!isScript && !isNative) return undefined;
  const build = javaBuild(process, isScript ? containerPath(process, path).replace(/\/bin\/[\w.-]+$/, '') : path);
  if (build === undefined || build === 'several') return build;
  if (isNative) return frameworkOf(build) === 'quarkus' ? build : undefined;
  return build.plugins.some((plugin) => /^application$|appassembler|ktor|micronaut/.test(plugin)) ? build : undefined;
}

/** https://docs.gradle.org/current/userguide/application_plugin.html: JAVA_OPTS and `APP_OPTS` by the script's name. */
function started(process: ContainerProcess, build: JavaBuild): Outcome {
  const own = `${lastSegment(knownCommand(process) ?? '')
    .replace(/\W/g, '_')
    .toUpperCase()}_OPTS`;
  const properties: Map<string, JavaStart['arguments'][number]> = new Map();
  let open: JavaStart['open'];
  for (const name of ['JAVA_OPTS', 'JAVA_OPTS_APPEND', own]) {
    const found = optionsOf(process.environment.get(name));
    for (const [key, value] of found.properties) properties.set(key, value);
    open ??= found.open;
  }
  const words = argumentsOf(process);
  for (const word of words) {
    if (word.state !== 'known' || !word.value.startsWith('-D')) continue;
    for (const [key, value] of optionsOf(word).properties) properties.set(key, value);
  }
  return javaProgram(process, build, { properties, open, target: undefined, arguments: words });
}
