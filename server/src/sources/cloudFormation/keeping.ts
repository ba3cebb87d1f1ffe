// The resources of an edited template: one that only moved stays the same object with the same places, so that nothing that
// depends on it is done again.

import { freshLayoutOf, type Layout, layoutOf } from '../../base/layout.ts';
import type { Span } from '../../base/text.ts';
import type { StackResource, StackTemplate } from '../../facts/stackTemplate.ts';

export interface LaidOut {
  readonly template: StackTemplate;
  readonly layout: Layout;
}

export function keepResources(template: StackTemplate, before: StackTemplate, layout: Layout | undefined): LaidOut {
  const old = new Map(before.resources.map((resource) => [resource.logicalId, resource]));
  const kept = template.resources.map((resource) => {
    const same = old.get(resource.logicalId);
    old.delete(resource.logicalId);
    return same && onlyMoved(same, resource) ? same : undefined;
  });
  const parts = template.resources.map(({ entrySpan }, index) => {
    const stays = kept[index];
    const { start, end } = entrySpan;
    return { base: stays && stays.entrySpan.start + stays.shift, start, length: end - start };
  });
  const stays = layout && layoutOf(parts);
  const now = stays ?? freshLayoutOf(parts);
  const resources = template.resources.map((resource, index): StackResource => {
    const same = stays && kept[index];
    return same ?? { ...resource, shift: (now[index]?.base ?? 0) - resource.entrySpan.start };
  });
  return { template: { ...template, resources }, layout: now };
}

function onlyMoved(before: StackResource, after: StackResource): boolean {
  const moved = after.entrySpan.start - before.entrySpan.start;
  return (
    before.type === after.type &&
    isMoved(before.entrySpan, after.entrySpan, moved) &&
    isMoved(before.idSpan, after.idSpan, moved) &&
    isMoved(before.span, after.span, moved) &&
    isMoved(before.properties, after.properties, moved)
  );
}

/** Whether two parts of a tree say the same, all their places as far apart. The parsers bound how deep they go. */
function isMoved(before: unknown, after: unknown, moved: number): boolean {
  if (typeof before !== 'object' || before === null) return before === after;
  if (typeof after !== 'object' || after === null) return false;
  if (isSpan(before)) return isSpan(after) && before.start + moved === after.start && before.end + moved === after.end;
  if (Array.isArray(before)) {
    return (
      Array.isArray(after) &&
      before.length === after.length &&
      before.every((item, index) => isMoved(item, after[index], moved))
    );
  }
  const [one, other] = [before as Plain, after as Plain];
  for (const key in one) if (!isMoved(one[key], other[key], moved)) return false;
  for (const key in other) if (!(key in one)) return false;
  return true;
}

type Plain = Readonly<Record<string, unknown>>;

function isSpan(part: object): part is Span {
  return 'start' in part && 'end' in part;
}
