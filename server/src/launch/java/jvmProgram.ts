// A program of the JVM whose own code opens its ports: its main class is read and evaluated.

import type { ContainerProcess, Environment, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { programListens } from '../program.ts';
import type { JavaStart } from './commandLine.ts';
import { mainClassFile, sourceRoots } from './mainClass.ts';
import type { JavaBuild } from './projects.ts';

export function jvmProgram(process: ContainerProcess, build: JavaBuild, start: JavaStart): Outcome {
  const entry = mainClassFile(process, build, start);
  if (entry === undefined) {
    const file = process.shownPath(build.file);
    return unknownOutcome(process, `the main class of the program that ${file} builds was not found`, build.file);
  }
  const listens = programListens({
    process: { ...process, environment: withProperties(process.environment, start) },
    entry,
    main: true,
    arguments: start.arguments,
    folders: sourceRoots(build),
    containerFolders: [],
  });
  return { kind: 'listens', listens, program: entry };
}

/** Programs read system properties as variables named `-Dname`. */
export function withProperties(environment: Environment, { properties }: JavaStart): Environment {
  return environment.with([...properties].map(([name, value]) => ({ name: `-D${name}`, value })));
}
