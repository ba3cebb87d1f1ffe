// AWS's SDK documents its types in a small HTML. This makes Markdown of it for editors that show Markdown, and the first
// paragraph in plain words for those that do not.

const TOKEN = /<\/?([a-zA-Z]+)([^>]*)>|[^<]+|</g;

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

/** The callouts of AWS's documentation. */
const CALLOUTS: Readonly<Record<string, string>> = { note: '**Note:** ', important: '**Important:** ' };

const INLINE: Readonly<Record<string, string>> = { code: '`', i: '*', em: '*', b: '**', strong: '**' };

export function htmlToMarkdown(html: string): string {
  const writer = new MarkdownWriter();
  for (const [token, tag, attributes] of html.matchAll(TOKEN)) {
    if (tag === undefined) writer.text(decodeEntities(token));
    else if (token.startsWith('</')) writer.close(tag.toLowerCase());
    else writer.open(tag.toLowerCase(), attributes ?? '');
  }
  return writer.result();
}

/** The first paragraph of a Markdown text without its markup. */
export function plainSummary(markdown: string): string {
  const [first = ''] = markdown.split('\n');
  return first
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/`([^`]*)`|\*\*([^*]*)\*\*|\*([^*]*)\*/g, (_, code, bold, italic) => code ?? bold ?? italic ?? '')
    .trim();
}

function decodeEntities(text: string): string {
  return text.replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity).replace(/\\([{}])/g, '$1');
}

class MarkdownWriter {
  #out = '';
  /** The markers of the open lists, outermost first. */
  readonly #lists: string[] = [];
  #link: string | undefined;

  open(tag: string, attributes: string): void {
    if (tag === 'ul' || tag === 'dl') this.#lists.push('- ');
    else if (tag === 'ol') this.#lists.push('1. ');
    else if (tag === 'li' || tag === 'dt') this.#startItem(tag === 'dt' ? '**' : '');
    else if (tag === 'p' || tag === 'dd' || tag === 'note' || tag === 'important') {
      this.#startParagraph();
      this.#out += CALLOUTS[tag] ?? '';
    } else if (tag === 'a') {
      this.#link = /href="([^"]*)"/.exec(attributes)?.[1];
      if (this.#link !== undefined) this.#out += '[';
    } else {
      this.#out += INLINE[tag] ?? '';
    }
  }

  close(tag: string): void {
    if (tag === 'ul' || tag === 'dl' || tag === 'ol') {
      this.#lists.pop();
      this.#out = `${this.#out.trimEnd()}\n`;
    } else if (tag === 'dt') {
      this.#out = `${this.#out.trimEnd()}**`;
    } else if (tag === 'a' && this.#link !== undefined) {
      this.#out += `](${this.#link})`;
      this.#link = undefined;
    } else {
      this.#out += INLINE[tag] ?? '';
    }
  }

  text(text: string): void {
    const collapsed = text.replace(/\s+/g, ' ');
    const atStart = this.#out === '' || /[\s[]$/.test(this.#out);
    this.#out += atStart ? collapsed.trimStart() : collapsed;
  }

  result(): string {
    return this.#out
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
  }

  #startItem(prefix: string): void {
    const trimmed = this.#out.trimEnd();
    const marker = this.#lists.at(-1) ?? '- ';
    // A list needs a blank line before its first item only after a paragraph.
    const gap = this.#lists.length <= 1 && !/^\s*(?:- |1\. )/.test(lastLine(trimmed)) ? '\n\n' : '\n';
    this.#out = (trimmed === '' ? '' : trimmed + gap) + this.#indent(this.#lists.slice(0, -1)) + marker + prefix;
  }

  /** As deep as the markers of the lists around are long. */
  #indent(lists: readonly string[]): string {
    return ' '.repeat(lists.join('').length);
  }

  #startParagraph(): void {
    if (this.#out === '' || /(?:- |1\. |\*\*(?:Note|Important):\*\* )$/.test(this.#out)) return;
    this.#out = `${this.#out.trimEnd()}\n\n${this.#indent(this.#lists)}`;
  }
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}
