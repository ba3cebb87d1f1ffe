// `java -jar app.jar`, `java -cp … Main`: the archive is traced to the build that makes it, and the build's libraries say
// which framework decides the port.

import { argumentsOf } from '../argv.ts';
import type { JavaStart, JavaTarget } from '../java/commandLine.ts';
import { readCommandLine } from '../java/commandLine.ts';
import { dropwizard } from '../java/dropwizard.ts';
import { jvmProgram } from '../java/jvmProgram.ts';
import { ktor } from '../java/ktor.ts';
import { frameworkOf } from '../java/libraries.ts';
import { helidon, micronaut } from '../java/micronaut.ts';
import { plainJava } from '../java/plainSources.ts';
import type { JavaBuild } from '../java/projects.ts';
import { javaBuild } from '../java/projects.ts';
import { quarkus } from '../java/quarkus.ts';
import { serverArchive } from '../java/serverArchives.ts';
import { springBoot } from '../java/springBoot.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { wordText } from '../text.ts';

export const java: Launcher = {
  id: 'java',
  runs: (command) => command === 'java',
  resolve(process) {
    const start = readCommandLine(process);
    if (start.target === undefined) {
      const text = argumentsOf(process).map(wordText).join(' ');
      return unknownOutcome(process, `\`java ${text}\` names neither an archive nor a class`);
    }
    const path = pathOf(start.target);
    if (path === undefined) return unknownOutcome(process, 'the archive that java starts is filled in elsewhere');
    const server = serverArchive(process, path, start);
    if (server !== undefined) return server;
    const plain = startsSource(start.target) ? plainJava(process, start) : undefined;
    if (plain !== undefined) return plain;
    const build = javaBuild(process, path);
    if (build === 'several') return unknownOutcome(process, `which module ${path} is built from cannot be decided`);
    if (build === undefined) {
      const reason = `${path} is made by a build that is not in view`;
      return plainJava(process, start) ?? unknownOutcome(process, reason);
    }
    return javaProgram(process, build, start);
  },
};

function startsSource(target: JavaTarget): boolean {
  return target.kind === 'class' && target.name.state === 'known' && target.name.value.endsWith('.java');
}

function pathOf(target: JavaTarget): string | undefined {
  if (target.kind === 'archive') return target.path.state === 'known' ? target.path.value : undefined;
  const { classPath } = target;
  if (classPath === undefined) return '.';
  if (classPath.state !== 'known') return undefined;
  const entries = classPath.value.split(':').map((entry) => entry.replace(/^@/, '').replace(/\/?\*$/, ''));
  return entries.find((entry) => /\.jar$/.test(entry)) ?? entries[0] ?? '.';
}

/** What a program of the JVM listens on, by the framework that its libraries name. */
export function javaProgram(process: ContainerProcess, build: JavaBuild, start: JavaStart): Outcome {
  switch (frameworkOf(build)) {
    case 'springBoot':
      return springBoot(process, build, start);
    case 'quarkus':
      return quarkus(process, build, start);
    case 'micronaut':
      return micronaut(process, build, start);
    case 'helidon':
      return helidon(process, build, start);
    case 'dropwizard':
      return dropwizard(process, build, start);
    case 'ktor':
      return ktor(process, build, start);
    default:
      return jvmProgram(process, build, start);
  }
}
