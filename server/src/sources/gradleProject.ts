// build.gradle and settings.gradle in both of Gradle's languages, as far as their text says plainly what is built:
// dependencies, plugins, modules, names, the main class. A build script is a program; what it computes is not seen.

import { type Location, locationOf } from '../base/text.ts';
import { basename, type Uri } from '../base/uri.ts';
import type { JavaProject } from '../facts/javaProject.ts';
import { type Known, known } from '../facts/value.ts';
import type { Source } from './source.ts';

const MAX_LENGTH = 500_000;

export const gradleProject: Source = {
  id: 'gradleProject',
  discovery: 'onDemand',
  comment: '//',
  claims: (uri) => (/\.gradle(?:\.kts)?$/.test(basename(uri)) ? 'yes' : 'no'),
  extract(file) {
    const text = withoutComments(file.text.slice(0, MAX_LENGTH));
    const at = locationOf(file.uri, 0, file.text.length);
    const isSettings = basename(file.uri).startsWith('settings.gradle');
    const fact = isSettings ? readSettings(at, text) : readBuild(file.uri, at, text);
    return { uri: file.uri, source: 'gradleProject', facts: [fact], problems: [] };
  },
  edit: () => [],
};

/** Comments become spaces, so that offsets stay. `https://` in a string is none. */
function withoutComments(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?(?:\*\/|$)|(?<!:)\/\/[^\r\n]*|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'/g,
    (match) => (match.startsWith('/') ? match.replace(/[^\r\n]/g, ' ') : match),
  );
}

function readSettings(at: Location, text: string): JavaProject {
  const name = /\brootProject\.name ?= ?["']([^"'\r\n]+)["']/.exec(text)?.[1];
  const modules: string[] = [];
  for (const statement of text.matchAll(
    /^[ \t]*include\b[ \t]*\(?[ \t]*((?:["'][^"'\r\n]+["'](?:\s{0,80},\s{0,80})?)+)/gm,
  )) {
    for (const [, path = ''] of (statement[1] ?? '').matchAll(/["']([^"']+)["']/g)) {
      modules.push(path.replace(/^:/, '').replaceAll(':', '/'));
    }
  }
  return {
    kind: 'javaProject',
    tool: 'settings',
    at,
    ...(name === undefined ? {} : { name }),
    packaging: 'modules',
    modules,
    dependencies: [],
    plugins: [],
    appliesToModules: false,
    complete: true,
  };
}

function readBuild(uri: Uri, at: Location, text: string): JavaProject {
  const plugins = pluginsOf(text);
  const mainClass = mainClassOf(uri, text);
  const archiveName = archiveNameOf(text);
  return {
    kind: 'javaProject',
    tool: 'gradle',
    at,
    ...(archiveName === undefined ? {} : { archiveName }),
    packaging: plugins.includes('war') ? 'war' : 'jar',
    modules: [],
    dependencies: dependenciesOf(uri, text),
    plugins,
    ...(mainClass === undefined ? {} : { mainClass }),
    appliesToModules: /\b(?:subprojects|allprojects)\b/.test(text),
    complete: !/\bapply[ (]{0,3}from\b|\bconvention|\bbuildSrc\b/.test(text),
  };
}

/** `id 'x'`, `id("x")`, `kotlin("plugin.spring")`, `application`, `apply plugin: 'x'`, `alias(libs.plugins.x)`. */
function pluginsOf(text: string): readonly string[] {
  const found = new Set<string>();
  const pattern =
    /\bid[ (]{0,3}["']([^"'\r\n]+)["'][^\r\n]*|\bplugin ?[:=] ?["']([^"'\r\n]+)["']|\balias ?\( ?libs\.plugins\.([\w.]+) ?\)[^\r\n]*|^[ \t]*`?(application|war|java)`?[ \t]*$/gm;
  for (const [line, id, applied, alias, core] of text.matchAll(pattern)) {
    // Declared for the modules, which apply it where they want it.
    if (/\bapply[ (]{0,3}false\b/.test(line)) continue;
    const name = id ?? applied ?? core ?? alias?.replaceAll('.', '-');
    if (name !== undefined) found.add(name);
  }
  return [...found];
}

const CONFIGURATION =
  /^[ \t]*(?:add ?\( ?["'])?(?:implementation|api|compile|runtime|runtimeOnly|providedRuntime|compileOnly|developmentOnly|"implementation"|"api")\b["']?[ \t]*[(,]?[ \t]*/gm;

/** The libraries of the configurations that end in the archive; `testImplementation` and its like do not. */
function dependenciesOf(uri: Uri, text: string): readonly Known<string>[] {
  const found: Known<string>[] = [];
  for (const match of text.matchAll(CONFIGURATION)) {
    const start = match.index + match[0].length;
    const end = endOfStatement(text, start);
    found.push(...librariesIn(uri, text.slice(start, end), start));
  }
  return found;
}

/** The line, and those that follow while a bracket or a list is open. */
function endOfStatement(text: string, start: number): number {
  let end = start;
  for (let lines = 0; lines < 40; lines++) {
    const newline = text.indexOf('\n', end);
    end = newline < 0 ? text.length : newline;
    if (newline < 0 || !/,\s*$/.test(text.slice(Math.max(start, end - 20), end))) return end;
    end++;
  }
  return end;
}

function librariesIn(uri: Uri, statement: string, offset: number): readonly Known<string>[] {
  const found: Known<string>[] = [];
  const add = (name: string, start: number, length: number) =>
    found.push(known(name, locationOf(uri, offset + start, offset + start + length)));
  const map = /\bgroup ?[:=] ?["']([^"'\r\n]+)["'] ?, ?name ?[:=] ?["']([^"'\r\n]+)["']/.exec(statement);
  if (map) {
    add(`${map[1]}:${map[2]}`, map.index, map[0].length);
    return found;
  }
  const pattern =
    /\bproject ?\( ?(?:path ?[:=] ?)?["']([^"'\r\n]+)["']|\bprojects\.([\w.]+)|\blibs\.([\w.]+)|["']([\w.-]+:[\w.$@{}-]+)(?::[^"'\r\n]*)?["']|\bkotlin ?\( ?["']([\w-]+)["']/g;
  for (const match of statement.matchAll(pattern)) {
    const [text, path, accessor, alias, library, kotlin] = match;
    if (path !== undefined) add(`project:${path.replace(/^:/, '').replaceAll(':', '/')}`, match.index, text.length);
    else if (accessor !== undefined) add(`project:${accessor.replaceAll('.', '/')}`, match.index, text.length);
    else if (alias !== undefined) add(`catalog:${alias.replaceAll(/[._]/g, '-')}`, match.index, text.length);
    else if (library !== undefined) add(library, match.index + 1, library.length);
    else if (kotlin !== undefined) add(`org.jetbrains.kotlin:kotlin-${kotlin}`, match.index, text.length);
  }
  return found;
}

function mainClassOf(uri: Uri, text: string): Known<string> | undefined {
  const pattern =
    /(?:\bmainClass(?:Name)? ?(?:=|\.set ?\()? ?|["']?(?:Main-Class|Start-Class)["']? ?(?::|to|=|,))[ (]{0,3}["']([\w.$]+)["']/;
  const found = pattern.exec(text);
  if (found?.[1] === undefined) return undefined;
  const start = found.index + found[0].length - 1 - found[1].length;
  return known(found[1], locationOf(uri, start, start + found[1].length));
}

function archiveNameOf(text: string): string | undefined {
  const pattern =
    /\b(?:archive(?:File|Base)?Name|archivesBaseName) ?(?:=|\.set ?\(|\.value ?\()? ?["']([^"'\r\n]+)["']/;
  const found = pattern.exec(text);
  return found?.[1]?.replace(/\.[jw]ar$/, '');
}
