// Texts from which Kotlin's grammar recovers ever more slowly: 200 KB of `val a: List<` take it a minute and a half. No
// written file comes near these limits.

const LONG_LINE = /[^\r\n]{2000}/;
const MOST_OPEN_BRACKETS = 1_000;
const MOST_OPEN_COMMENTS = 200;

export function isTooBroken(text: string): boolean {
  return (
    LONG_LINE.test(text) ||
    excess(text, /<|(?<!-)>/g, '<') > MOST_OPEN_BRACKETS ||
    excess(text, /[()]/g, '(') > MOST_OPEN_BRACKETS ||
    excess(text, /\/\*|\*\//g, '/*') > MOST_OPEN_COMMENTS
  );
}

/** How many more are opened than closed, at most. */
function excess(text: string, marks: RegExp, opening: string): number {
  let open = 0;
  let most = 0;
  for (const [mark] of text.matchAll(marks)) {
    open = mark === opening ? open + 1 : Math.max(0, open - 1);
    most = Math.max(most, open);
  }
  return most;
}
