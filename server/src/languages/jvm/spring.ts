// The paths that classes of Spring programs declare, whatever language of the JVM they are written in. What annotations
// look like in a tree is each language's own. https://docs.spring.io/spring-framework/reference/web/webmvc/mvc-controller.html

import type { Location, SourceFile } from '../../base/text.ts';
import type { Expression } from '../../facts/expression.ts';
import type { Routing } from '../../facts/routing.ts';
import { literal } from '../expressions.ts';
import { createRouting, finishRouting } from '../routing.ts';

export interface Annotation {
  /** Without its package. */
  readonly name: string;
  /** Its values by their names; `value` where none is written. Those of a list are several. */
  readonly values: readonly { readonly name: string; readonly value: Expression }[];
  readonly at: Location;
}

export interface AnnotatedClass {
  readonly annotations: readonly Annotation[];
  readonly methods: readonly Annotation[];
  /** Names of the classes and interfaces that it extends, without packages. */
  readonly bases: readonly string[];
}

const MAPPING = /^(?:Get|Post|Put|Patch|Delete|Request)Mapping$/;

/** A cheap look at the text, before a tree is made of it. */
export function mayRouteSpring(text: string): boolean {
  return /@(?:\w+\.)*(?:\w*Mapping|(?:Rest)?Controller)\b/.test(text);
}

export function springRouting(file: SourceFile, classes: readonly AnnotatedClass[]): Routing {
  const reading = createRouting(file);
  const bases = new Set<string>();
  for (const one of classes) {
    const own = one.annotations.find(({ name }) => name === 'RequestMapping');
    const isController = one.annotations.some(({ name }) => /^(?:Rest)?Controller$/.test(name));
    if (isController) for (const base of one.bases) bases.add(base);
    const prefixes = own ? pathsOf(own) : [undefined];
    for (const method of one.methods.filter(({ name }) => MAPPING.test(name))) {
      for (const prefix of prefixes) {
        for (const path of pathsOf(method)) {
          const parts = own ? [written(prefix), written(path)] : [written(path)];
          reading.declared.push({ parts, anywhere: !isController, below: false, at: method.at });
        }
      }
    }
  }
  readRegistered(reading);
  if (OPEN.test(file.text) || (COMPOSED.test(file.text) && /Mapping\b/.test(file.text))) {
    const at = { uri: file.uri, span: { start: 0, end: 0 } };
    reading.declared.push({ parts: [], anywhere: true, below: true, at });
  }
  const routing = finishRouting(reading, file.text);
  const isJakarta = /^import jakarta\./m.test(file.text) && { isJakarta: true as const };
  return { ...routing, ...(bases.size > 0 && { bases: [...bases] }), ...isJakarta };
}

function pathsOf(annotation: Annotation): readonly Expression[] {
  const paths = annotation.values.filter(({ name }) => name === 'value' || name === 'path').map(({ value }) => value);
  return paths.length > 0 ? paths : [literal('', annotation.at)];
}

/** `${api.prefix}` is filled in by settings. */
function written(path: Expression | undefined): Expression | undefined {
  return path?.kind === 'literal' && /[$#]\{/.test(String(path.value)) ? undefined : path;
}

/** Handlers that are put together by code, and prefixes that code adds. */
const OPEN =
  /\bRouterFunctions?\b|\bcoRouter\b|\baddPathPrefix\b|\bServletRegistrationBean\b|@WebServlet\b|@(?:[\w.]+\.)?ServerEndpoint\b|\bSimpleUrlHandlerMapping\b|\bHttpRequestHandler\b|\bregisterMapping\s*\(|@(?:Get|Post|Put|Patch|Delete|Http)Exchange\b/;
/** An annotation of the program's own that stands for others. */
const COMPOSED = /@interface\b|\bannotation class\b/;
const REGISTERED =
  /\.(addViewController|addRedirectViewController|addStatusController|addResourceHandler|addEndpoint|addHandler)\(([^;]{0,300})/g;

/** `registry.addViewController("/login")`, `registry.addResourceHandler("/files/**")`. */
function readRegistered({ file, declared }: ReturnType<typeof createRouting<SourceFile>>): void {
  for (const match of file.text.matchAll(REGISTERED)) {
    const [, method = '', list = ''] = match;
    const isBelow = /^add(?:Resource|Endpoint|Handler)/.test(method);
    for (const found of list.matchAll(/"([^"\n]*)"/g)) {
      const start = match.index + match[0].length - list.length + found.index + 1;
      const [, text = ''] = found;
      const at = { uri: file.uri, span: { start, end: start + text.length } };
      declared.push({ parts: [literal(text.replace(/\/\*\*?$/, ''), at)], anywhere: false, below: isBelow, at });
    }
  }
}
