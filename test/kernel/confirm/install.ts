// Installs the frameworks of one registry into a folder, by its ordinary client, and says which versions came.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Framework, Registry } from './framework.ts';

export interface Installed {
  /** What the programs need in their environment. */
  readonly environment: Readonly<Record<string, string>>;
  version(name: string): string;
}

export const installers: Readonly<Record<Registry, (folder: string, frameworks: readonly Framework[]) => Installed>> = {
  npm: (folder, frameworks) => {
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
    execute(folder, 'npm', ['install', '--no-audit', '--no-fund', '--silent', ...packages(frameworks)]);
    const manifest = (name: string) => readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8');
    return { environment: {}, version: (name) => /"version": *"([^"]+)"/.exec(manifest(name))?.[1] ?? '' };
  },
  PyPI: (folder, frameworks) => {
    const quiet = ['-q', '--disable-pip-version-check', '--target', 'site'];
    execute(folder, 'python3', ['-m', 'pip', 'install', ...quiet, ...packages(frameworks)]);
    const code = 'import sys, importlib.metadata as m; print(m.version(sys.argv[1]))';
    const environment = { PYTHONPATH: 'site:.' };
    return { environment, version: (name) => execute(folder, 'python3', ['-c', code, name], environment) };
  },
  Go: (folder, frameworks) => {
    writeFileSync(path.join(folder, 'go.mod'), 'module example.com/confirm\n\ngo 1.21\n');
    execute(folder, 'go', ['mod', 'tidy']);
    for (const { file, argv } of frameworks) {
      execute(folder, 'go', ['build', '-o', argv[0] ?? '', `./${path.dirname(file)}`]);
    }
    return { environment: {}, version: (name) => execute(folder, 'go', ['list', '-m', '-f', '{{.Version}}', name]) };
  },
  Maven: (folder, frameworks) => {
    const dependencies = frameworks.map(({ package: name, requires }) => {
      const [group, artifact] = name.split(':');
      return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${requires?.[0]}</version></dependency>`;
    });
    const project = `<modelVersion>4.0.0</modelVersion><groupId>example</groupId><artifactId>confirm</artifactId><version>1</version>`;
    const pom = `<project>${project}<dependencies>${dependencies.join('')}</dependencies></project>\n`;
    writeFileSync(path.join(folder, 'pom.xml'), pom);
    execute(folder, 'mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib']);
    const version = (name: string) => frameworks.find((one) => one.package === name)?.requires?.[0] ?? '';
    return { environment: {}, version };
  },
};

function packages(frameworks: readonly Framework[]): readonly string[] {
  return [...new Set(frameworks.flatMap((one) => [one.package, ...(one.requires ?? [])]))];
}

export function writePrograms(folder: string, frameworks: readonly Framework[]): void {
  for (const { file, text } of frameworks) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
}

function execute(
  folder: string,
  command: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string {
  const env = { ...process.env, ...environment };
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: folder, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${stderr.slice(-1000)}`);
  return stdout.trim();
}
