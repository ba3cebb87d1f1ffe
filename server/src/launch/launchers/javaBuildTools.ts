// Maven and Gradle as the container's command: `mvn spring-boot:run`, `./gradlew bootRun`. Goals that only build end.

import type { Uri } from '../../base/uri.ts';
import type { Known, Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { argumentsOf, containerPath, listensNone } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { JavaStart } from '../java/commandLine.ts';
import { optionsOf, wordsIn } from '../java/commandLine.ts';
import { buildIn } from '../java/projects.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { wordText } from '../text.ts';
import { sliceWord } from '../words.ts';
import { javaProgram } from './java.ts';

const commands = new Set(['mvn', 'mvnw', 'gradle', 'gradlew']);
const runsProgram =
  /(?:^|:)(?:spring-boot(?:-maven-plugin(?::[\w.-]+)?)?:(?:run|start)|bootRun|run|runFatJar|exec:java|quarkus:dev|quarkusDev|quarkus:run|jetty:run(?:-war)?|mn:run|ktor:run|tomcat7:run)$/;
const developmentGoal = /quarkus:?dev$/i;

export const javaBuildTools: Launcher = {
  id: 'javaBuildTools',
  runs: (command) => commands.has(command),
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [['-pl', '--projects'], ['-p', '--project-dir'], ['-f', '--file'], ['--args']],
      ignored: ['-x', '--exclude-task', '-P', '-s', '--settings', '-T', '-b', '-c', '--build-cache'],
    });
    const goals = flags.positionals.map(wordText);
    const goal = goals.find((name) => runsProgram.test(name));
    if (goal === undefined) {
      return flags.open === undefined
        ? listensNone(process)
        : unknownOutcome(process, 'what the build tool runs is open');
    }
    if (developmentGoal.test(goal)) return unknownOutcome(process, `\`${goal}\` is a development server`);
    const folder = projectFolder(process, flags.last('-p') ?? flags.last('-f'));
    if (folder === undefined) return unknownOutcome(process, `the folder that \`${goal}\` runs in is not in view`);
    const build = buildIn(process, folder, moduleOf(goal, flags.last('-pl')));
    if (build === undefined) return unknownOutcome(process, `no build file is in view for \`${goal}\``);
    if (build === 'several') return unknownOutcome(process, `which module \`${goal}\` runs cannot be decided`);
    return javaProgram(process, build, startOf(process, flags.last('--args')));
  },
};

function projectFolder(process: ContainerProcess, given: Value<string> | undefined): Uri | undefined {
  const path = given === undefined ? '.' : given.state === 'known' ? given.value : undefined;
  if (path === undefined) return undefined;
  return process.image.workspaceUri(containerPath(process, path.replace(/\/?pom\.xml$/, '') || '.')) ?? process.context;
}

function moduleOf(goal: string, projects: Value<string> | undefined): string | undefined {
  const named = projects?.state === 'known' ? projects.value : goal.slice(0, Math.max(0, goal.lastIndexOf(':')));
  const name = named.replace(/^:/, '').split(':').at(-1);
  return name === '' || name === 'spring-boot' ? undefined : name;
}

/** `-Dspring-boot.run.arguments=…`, `--args='…'`, `-Dspring-boot.run.jvmArguments=…`, `-Dspring-boot.run.profiles=…`. */
function startOf(process: ContainerProcess, args: Value<string> | undefined): JavaStart {
  const properties = new Map<string, Value<string>>();
  const words: Value<string>[] = args?.state === 'known' ? [...wordsIn(args)] : args === undefined ? [] : [args];
  let open: Value<string> | undefined;
  const add = (value: Known<string>) => {
    for (const [name, property] of optionsOf(value).properties) properties.set(name, property);
  };
  for (const word of argumentsOf(process)) {
    const found = /^-D([\w.-]+)=/.exec(wordText(word));
    if (found === null) continue;
    if (word.state !== 'known') {
      open ??= word;
      continue;
    }
    const value = sliceWord(word, found[0].length);
    const name = found[1] ?? '';
    if (name === 'spring-boot.run.jvmArguments') add(value);
    else if (name === 'spring-boot.run.arguments') words.push(...wordsIn(value));
    else if (name === 'spring-boot.run.profiles') properties.set('spring.profiles.active', value);
    else properties.set(name, known(value.value, value.at, value.trail));
  }
  return { properties, open, target: undefined, arguments: words };
}
