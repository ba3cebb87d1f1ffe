// Says what stands at a place and what it is linked to: hover, definition, references.

import {
  type DefinitionLink,
  type Hover,
  type Location,
  MarkupKind,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { sameLocation } from '../base/text.ts';
import type { AnalysisHost, Explanation } from '../engine/index.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import { fromEditorUri, type Places } from './convert.ts';

export interface HoverContext {
  readonly analysis: AnalysisHost;
  readonly places: Places;
  readonly features: ClientFeatures;
}

export function hover(params: TextDocumentPositionParams, context: HoverContext): Hover | null {
  const explanation = explanationAt(params, context);
  if (!explanation || explanation.markdown === '') return null;
  const kind = context.features.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText;
  return {
    contents: { kind, value: explanation.markdown },
    range: context.places.range(explanation.at.uri, explanation.at.span),
  };
}

export function definition(
  params: TextDocumentPositionParams,
  context: HoverContext,
): DefinitionLink[] | Location[] | null {
  const explanation = explanationAt(params, context);
  const targets = linkedPlaces(explanation);
  if (!explanation || targets.length === 0) return null;
  return context.features.definitionLinks
    ? targets.map((to) => context.places.link(explanation.at, to))
    : targets.map((to) => context.places.location(to));
}

export function references(
  params: TextDocumentPositionParams & { readonly context: { readonly includeDeclaration: boolean } },
  context: HoverContext,
): Location[] | null {
  const explanation = explanationAt(params, context);
  if (!explanation) return null;
  const own = params.context.includeDeclaration ? [explanation.at] : [];
  return [...own, ...linkedPlaces(explanation)].map((at) => context.places.location(at));
}

function explanationAt(
  params: TextDocumentPositionParams,
  { analysis, places }: HoverContext,
): Explanation | undefined {
  const uri = fromEditorUri(params.textDocument.uri);
  const offset = uri === undefined ? undefined : places.offset(uri, params.position);
  return uri === undefined || offset === undefined ? undefined : analysis.explain({ uri, offset });
}

function linkedPlaces(explanation: Explanation | undefined) {
  const targets = (explanation?.links ?? []).map((link) => link.to);
  return targets.filter(
    (to, index) =>
      !(explanation && sameLocation(to, explanation.at)) &&
      targets.findIndex((other) => sameLocation(other, to)) === index,
  );
}
