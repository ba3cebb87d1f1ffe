// Measures what starting this extension costs the extension host. Imported first, so that loading the rest counts too.

const loadedAt = performance.now();

/** Milliseconds since this module was loaded. */
export function sinceLoaded(): number {
  return performance.now() - loadedAt;
}
