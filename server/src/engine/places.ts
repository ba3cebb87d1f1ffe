// Between the places of facts and those that people see. Facts of an edited file keep their places while only the text
// around them moves; whatever leaves the engine passes through here.

import { factOffset, type Layout, textOffset } from '../base/layout.ts';
import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';

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

  /** Plain data with its places as people see them; tells of the files it mentions. */
  shown<T>(data: T, mentioned?: Set<Uri>): T {
    if (this.#layouts.size === 0 && !mentioned) return data;
    return this.#shown(data, mentioned, new Map()) as T;
  }

  #shown(data: unknown, mentioned: Set<Uri> | undefined, known: Map<object, unknown>): unknown {
    if (typeof data !== 'object' || data === null) return data;
    if (isLocation(data)) {
      mentioned?.add(data.uri);
      return this.#location(data);
    }
    const before = known.get(data);
    if (before !== undefined) return before;
    const shown = Array.isArray(data) ? this.#items(data, mentioned, known) : this.#entries(data, mentioned, known);
    known.set(data, shown);
    return shown;
  }

  #items(items: readonly unknown[], mentioned: Set<Uri> | undefined, known: Map<object, unknown>): unknown {
    const shown = items.map((item) => this.#shown(item, mentioned, known));
    return shown.every((item, index) => item === items[index]) ? items : shown;
  }

  #entries(record: object, mentioned: Set<Uri> | undefined, known: Map<object, unknown>): object {
    let shown: Record<string, unknown> | undefined;
    for (const [key, value] of Object.entries(record)) {
      const one = this.#shown(value, mentioned, known);
      if (one === value) continue;
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
  return 'uri' in data && 'span' in data && typeof data.uri === 'string';
}
