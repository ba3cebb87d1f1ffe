// pom.xml, as far as it says what the archive holds: dependencies, plugins, modules, names, the main class.

import { type Location, locationOf, type Span } from '../base/text.ts';
import { basename, type Uri } from '../base/uri.ts';
import type { JavaProject } from '../facts/javaProject.ts';
import { type Known, known } from '../facts/value.ts';
import { parseXml, type XmlElement, xmlAt, xmlChildren, xmlText } from '../syntax/xml.ts';
import type { Source } from './source.ts';

export const mavenProject: Source = {
  id: 'mavenProject',
  discovery: 'onDemand',
  claims: (uri) => (/^pom(?:[.-].+)?\.xml$/.test(basename(uri)) ? 'yes' : 'no'),
  extract(file) {
    const root = parseXml(file.text);
    const isProject = root?.name === 'project';
    const at = locationOf(file.uri, 0, file.text.length);
    return {
      uri: file.uri,
      source: 'mavenProject',
      facts: isProject ? [readProject(file.uri, at, root)] : [],
      problems: [],
    };
  },
  edit: () => [],
};

type Properties = ReadonlyMap<string, string>;

function readProject(uri: Uri, at: Location, root: XmlElement): JavaProject {
  const properties = propertiesOf(root);
  const text = (value: string | undefined) => (value === undefined ? undefined : expanded(value, properties));
  const modules = xmlChildren(xmlAt(root, 'modules'), 'module').map((module) => module.text);
  const packaging = text(xmlText(root, 'packaging'));
  const archiveName = text(xmlText(root, 'build', 'finalName'));
  const name = text(xmlText(root, 'artifactId'));
  const mainClass = mainClassOf(uri, root, properties);
  return {
    kind: 'javaProject',
    tool: 'maven',
    at,
    ...(name === undefined ? {} : { name }),
    ...(archiveName === undefined ? {} : { archiveName }),
    packaging: packaging === 'war' ? 'war' : packaging === 'pom' ? 'modules' : 'jar',
    modules,
    dependencies: dependenciesOf(uri, root, properties),
    plugins: pluginsOf(root).map((plugin) => coordinates(plugin, properties)),
    ...(mainClass === undefined ? {} : { mainClass }),
    appliesToModules: true,
    complete: xmlAt(root, 'parent', 'artifactId') === undefined || hasKnownParent(root),
  };
}

/** The parents of frameworks bring no libraries of their own: they only manage versions. */
function hasKnownParent(root: XmlElement): boolean {
  return /^(?:org\.springframework\.boot|io\.micronaut|io\.quarkus|io\.helidon)/.test(
    xmlText(root, 'parent', 'groupId') ?? '',
  );
}

function propertiesOf(root: XmlElement): Properties {
  const properties = new Map(xmlAt(root, 'properties')?.children.map((property) => [property.name, property.text]));
  for (const key of ['groupId', 'artifactId', 'version']) {
    const own = xmlText(root, key) ?? xmlText(root, 'parent', key);
    if (own !== undefined) properties.set(`project.${key}`, own);
  }
  return properties;
}

function expanded(text: string, properties: Properties): string {
  return text.replace(/\$\{([\w.-]+)\}/g, (match, name: string) => properties.get(name) ?? match);
}

function dependenciesOf(uri: Uri, root: XmlElement, properties: Properties): readonly Known<string>[] {
  const lists = [xmlAt(root, 'dependencies')];
  // Profiles are chosen by whoever builds; those that are active by default count.
  for (const profile of xmlChildren(xmlAt(root, 'profiles'), 'profile')) {
    if (xmlText(profile, 'activation', 'activeByDefault') === 'true') lists.push(xmlAt(profile, 'dependencies'));
  }
  return lists
    .flatMap((list) => xmlChildren(list, 'dependency'))
    .filter((dependency) => !/^(?:test|import)$/.test(xmlText(dependency, 'scope') ?? ''))
    .map((dependency) => {
      const span: Span = xmlAt(dependency, 'artifactId')?.textSpan ?? dependency.textSpan;
      return known(coordinates(dependency, properties), locationOf(uri, span.start, span.end));
    });
}

function coordinates(element: XmlElement, properties: Properties): string {
  const group = xmlText(element, 'groupId') ?? 'org.apache.maven.plugins';
  return expanded(`${group}:${xmlText(element, 'artifactId') ?? ''}`, properties);
}

function pluginsOf(root: XmlElement): readonly XmlElement[] {
  const profiles = xmlChildren(xmlAt(root, 'profiles'), 'profile');
  return [root, ...profiles].flatMap((owner) => xmlChildren(xmlAt(owner, 'build', 'plugins'), 'plugin'));
}

/** Spring Boot's `start-class`, or what a plugin writes into the manifest. */
function mainClassOf(uri: Uri, root: XmlElement, properties: Properties): Known<string> | undefined {
  const property = ['start-class', 'main.class', 'mainClass', 'exec.mainClass'].map((name) =>
    xmlAt(root, 'properties', name),
  );
  const configured = pluginsOf(root).flatMap((plugin) => deepest(plugin, ['mainClass', 'Main-Class'], 0));
  const found = property.find((element) => element !== undefined) ?? configured[0];
  if (found === undefined || found.text === '') return undefined;
  const name = expanded(found.text, properties);
  return name.includes('${') ? undefined : known(name, locationOf(uri, found.textSpan.start, found.textSpan.end));
}

function deepest(element: XmlElement, names: readonly string[], depth: number): readonly XmlElement[] {
  if (names.includes(element.name)) return [element];
  return depth > 10 ? [] : element.children.flatMap((child) => deepest(child, names, depth + 1));
}
