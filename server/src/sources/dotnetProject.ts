// Project and solution files of .NET: which SDK, name and libraries a program has, and which projects belong together.

import { locationOf, type SourceFile } from '../base/text.ts';
import { extension } from '../base/uri.ts';
import type { DotnetProject, DotnetSolution } from '../facts/dotnetProject.ts';
import type { Fact } from '../facts/fileFacts.ts';
import { parseXml, type XmlElement } from '../syntax/xml.ts';
import type { Source } from './source.ts';

export const dotnetProject: Source = {
  id: 'dotnetProject',
  discovery: 'onDemand',
  claims: (uri) => (/^\.(?:csproj|fsproj|vbproj|sln|slnx)$/.test(extension(uri)) ? 'yes' : 'no'),
  extract(file) {
    const fact = readFacts(file);
    return { uri: file.uri, source: 'dotnetProject', facts: fact ? [fact] : [], problems: [] };
  },
  edit: () => [],
};

function readFacts(file: SourceFile): Fact | undefined {
  if (extension(file.uri) === '.sln') return readSolution(file);
  const root = parseXml(file.text);
  if (root?.name === 'Solution') return readSolutionXml(file, root);
  return root?.name === 'Project' ? readProject(file, root) : undefined;
}

function readProject(file: SourceFile, root: XmlElement): DotnetProject {
  const sdks = [attribute(root, 'Sdk')];
  const references: string[] = [];
  const projects: string[] = [];
  let assemblyName: string | undefined;
  for (const element of descendants(root)) {
    const include = attribute(element, 'Include');
    switch (element.name) {
      case 'Sdk':
        sdks.push(attribute(element, 'Name'));
        break;
      case 'AssemblyName':
        if (element.text !== '' && !element.text.includes('$(')) assemblyName = element.text;
        break;
      case 'PackageReference':
      case 'FrameworkReference':
        if (include !== '') references.push(include);
        break;
      case 'ProjectReference':
        if (include !== '') projects.push(include.replaceAll('\\', '/'));
        break;
    }
  }
  return {
    kind: 'dotnetProject',
    at: locationOf(file.uri, 0, file.text.length),
    sdk: sdks.filter((name) => name !== '').join(';'),
    ...(assemblyName === undefined ? {} : { assemblyName }),
    references,
    projects,
  };
}

function attribute(element: XmlElement, name: string): string {
  return element.attributes.find((candidate) => candidate.name === name)?.value ?? '';
}

/** Property and item groups, and what stands in them. */
function descendants(root: XmlElement): readonly XmlElement[] {
  return root.children.flatMap((child) => [child, ...child.children]);
}

const PROJECT_LINE = /^Project\("[^"\r\n]*"\)\s*=\s*"[^"\r\n]*",\s*"([^"\r\n]+\.\w+proj)"/gm;

function readSolution(file: SourceFile): DotnetSolution {
  const projects = [...file.text.matchAll(PROJECT_LINE)].map(([, path = '']) => path.replaceAll('\\', '/'));
  return { kind: 'dotnetSolution', at: locationOf(file.uri, 0, file.text.length), projects };
}

function readSolutionXml(file: SourceFile, root: XmlElement): DotnetSolution {
  const projects = descendants(root)
    .filter(({ name }) => name === 'Project')
    .map((element) => attribute(element, 'Path').replaceAll('\\', '/'));
  return { kind: 'dotnetSolution', at: locationOf(file.uri, 0, file.text.length), projects };
}
