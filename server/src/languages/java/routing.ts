// The annotated classes of a Java file.

import type { SourceFile } from '../../base/text.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { place } from '../expressions.ts';
import type { AnnotatedClass, Annotation } from '../jvm/spring.ts';
import { dottedText, javaExpression } from './expressions.ts';

export function annotatedClasses(file: SourceFile, root: SyntaxNode): readonly AnnotatedClass[] {
  return root.children.flatMap((node): readonly AnnotatedClass[] => {
    const body = childOf(node, 'body');
    if (!body || !/^(?:class|interface|record|enum)_declaration$/.test(node.type)) return [];
    const methods = body.children.filter(({ type }) => type === 'method_declaration');
    const own = {
      annotations: annotationsOf(file, node),
      methods: methods.flatMap((method) => annotationsOf(file, method)),
      bases: basesOf(file, node),
    };
    return [own, ...annotatedClasses(file, body)];
  });
}

function basesOf(file: SourceFile, node: SyntaxNode): readonly string[] {
  const clauses = node.children.filter(({ type }) => /^(?:superclass|super_interfaces|extends_interfaces)$/.test(type));
  const types = clauses.flatMap(({ children }) =>
    children.flatMap((child) => (child.type === 'type_list' ? child.children : [child])),
  );
  return types.flatMap((type) => lastName(dottedText(file, type)) ?? []);
}

function lastName(name: string | undefined): string | undefined {
  return name?.slice(name.lastIndexOf('.') + 1);
}

function annotationsOf(file: SourceFile, node: SyntaxNode): readonly Annotation[] {
  const modifiers = node.children.find(({ type }) => type === 'modifiers');
  return (modifiers?.children ?? []).flatMap((annotation): readonly Annotation[] => {
    const name = lastName(dottedText(file, childOf(annotation, 'name')));
    if (name === undefined || !/^(?:marker_)?annotation$/.test(annotation.type)) return [];
    const list = childOf(annotation, 'arguments')?.children ?? [];
    return [{ name, values: list.flatMap((value) => valuesOf(file, value)), at: place(file, annotation) }];
  });
}

function valuesOf(file: SourceFile, node: SyntaxNode): Annotation['values'] {
  const isPair = node.type === 'element_value_pair';
  const name = isPair ? file.text.slice(childOf(node, 'key')?.start, childOf(node, 'key')?.end) : 'value';
  const value = isPair ? childOf(node, 'value') : node;
  if (!value) return [];
  const items = value.type === 'element_value_array_initializer' ? value.children : [value];
  return items.map((item) => ({ name, value: javaExpression(file, item) }));
}
