// Between the places of facts and those that people see. Facts of an edited file keep their places while only the text
// around them moves; whatever leaves the engine passes through here.

import { factOffset, type Layout, textOffset } from '../base/layout.ts';
import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';

type Plain = Readonly<Record<string, unknown>>;

export class Places {
  readonly #layouts = new Map<Uri, Layout>();

  /** Takes the layout that a file has now; whether places in it may have moved. */
  set(uri: Uri, layout: Layout | undefined): boolean {
    if (this.#layouts.get(uri) === layout) return false;
    if (layout) this.#layouts.set(uri, layout);
    else this.#layouts.delete(uri);
    return true;
  }

  /** The offset that facts know a place of a file by. */
  factOffset(uri: Uri, offset: number): number {
    const layout = this.#layouts.get(uri);
    return layout ? factOffset(layout, offset) : offset;
  }

  /** Plain data with its places as people see them; what has none that moved is the same object. */
  shown<T>(data: T): T {
    return this.#layouts.size === 0 ? data : (this.#shown(data, new Map()) as T);
  }

  /** Small plain data with its places as people see them; adds the files that it points into. */
  pointed<T>(data: T, files: Set<Uri>): T {
    return this.#shown(data, undefined, files) as T;
  }

  /** What several parts share is looked into once, where `known` remembers it. */
  #shown(data: unknown, known: Map<object, unknown> | undefined, files?: Set<Uri>): unknown {
    if (typeof data !== 'object' || data === null) return data;
    if (isLocation(data)) {
      files?.add(data.uri);
      return this.#location(data);
    }
    const before = known?.get(data);
    if (before !== undefined) return before;
    const shown = Array.isArray(data) ? this.#items(data, known, files) : this.#record(data as Plain, known, files);
    known?.set(data, shown);
    return shown;
  }

  #items(items: readonly unknown[], known: Map<object, unknown> | undefined, files: Set<Uri> | undefined): unknown {
    let shown: unknown[] | undefined;
    for (let index = 0; index < items.length; index++) {
      const one = this.#shown(items[index], known, files);
      if (one === items[index]) continue;
      shown ??= [...items];
      shown[index] = one;
    }
    return shown ?? items;
  }

  #record(record: Plain, known: Map<object, unknown> | undefined, files: Set<Uri> | undefined): Plain {
    let shown: Record<string, unknown> | undefined;
    for (const key in record) {
      const one = this.#shown(record[key], known, files);
      if (one === record[key]) continue;
      shown ??= { ...record };
      shown[key] = one;
    }
    return shown ?? record;
  }

  #location(at: Location): Location {
    const layout = this.#layouts.get(at.uri);
    if (!layout) return at;
    const { start, end } = at.span;
    const from = textOffset(layout, start);
    return from === start ? at : { ...at, span: { start: from, end: textOffset(layout, end) } };
  }
}

function isLocation(data: object): data is Location {
  return 'span' in data && 'uri' in data && typeof data.uri === 'string';
}
