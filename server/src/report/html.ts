// Builds HTML in which every text is escaped unless it is HTML already.

export interface Html {
  readonly text: string;
}

type Part = string | Html | readonly (string | Html)[];

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0] ?? '';
  for (const [index, part] of parts.entries()) text += render(part) + (strings[index + 1] ?? '');
  return { text };
}

/** Text that is HTML or CSS already and that no file of the workspace has a part in. */
export function raw(text: string): Html {
  return { text };
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function render(part: Part): string {
  if (typeof part === 'string') return escapeHtml(part);
  if ('text' in part) return part.text;
  return part.map((item) => (typeof item === 'string' ? escapeHtml(item) : item.text)).join('');
}
