// The annotated classes of a Kotlin file.

import type { SourceFile } from '../../base/text.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { place, textOf } from '../expressions.ts';
import type { AnnotatedClass, Annotation } from '../jvm/spring.ts';
import { kotlinExpression } from './expressions.ts';

export function annotatedClasses(file: SourceFile, root: SyntaxNode): readonly AnnotatedClass[] {
  return root.children.flatMap((node): readonly AnnotatedClass[] => {
    if (node.type !== 'class_declaration' && node.type !== 'object_declaration') return [];
    const body = node.children.find(({ type }) => type === 'class_body');
    const methods = (body?.children ?? []).filter(({ type }) => type === 'function_declaration');
    const own = {
      annotations: annotationsOf(file, node),
      methods: methods.flatMap((method) => annotationsOf(file, method)),
      bases: basesOf(file, node),
    };
    return [own, ...(body ? annotatedClasses(file, body) : [])];
  });
}

function basesOf(file: SourceFile, node: SyntaxNode): readonly string[] {
  const list = node.children.find(({ type }) => type === 'delegation_specifiers')?.children ?? [];
  return list.flatMap((specifier) => typeName(file, specifier) ?? []);
}

/** The name of the type in an annotation or a base, without its package. */
function typeName(file: SourceFile, node: SyntaxNode): string | undefined {
  if (node.type === 'user_type') {
    const name = node.children.findLast(({ type }) => type === 'identifier');
    return name && textOf(file, name);
  }
  const [first] = node.children.filter(({ type }) => /^(?:user_type|constructor_invocation)$/.test(type));
  return first && typeName(file, first);
}

function annotationsOf(file: SourceFile, node: SyntaxNode): readonly Annotation[] {
  const modifiers = node.children.find(({ type }) => type === 'modifiers');
  return (modifiers?.children ?? []).flatMap((annotation): readonly Annotation[] => {
    const name = annotation.type === 'annotation' ? typeName(file, annotation) : undefined;
    if (name === undefined) return [];
    const call = annotation.children.find(({ type }) => type === 'constructor_invocation');
    const list = call?.children.find(({ type }) => type === 'value_arguments')?.children ?? [];
    return [{ name, values: list.flatMap((value) => valuesOf(file, value)), at: place(file, annotation) }];
  });
}

function valuesOf(file: SourceFile, argument: SyntaxNode): Annotation['values'] {
  const [first, second] = argument.children;
  if (!first) return [];
  const isNamed = first.type === 'identifier' && second !== undefined;
  const name = isNamed ? textOf(file, first) : 'value';
  const value = isNamed ? second : first;
  const items = value.type === 'collection_literal' ? value.children : [value];
  return items.map((item) => ({ name, value: kotlinExpression(file, item) }));
}
