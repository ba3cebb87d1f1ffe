// How the report looks: the editor's own fonts and colors, so that every theme fits.

export const reportStyle = `
body {
  max-width: 60rem;
  padding: 0.5rem 1.5rem 2rem;
  font-family: var(--vscode-font-family);
  font-size: var(--vscode-font-size);
  color: var(--vscode-foreground);
  line-height: 1.5;
}
h1 { font-size: 1.6em; font-weight: 600; }
h2 { margin-top: 1.8em; font-size: 1.25em; font-weight: 600; }
h3 { margin-top: 1.4em; font-size: 1em; font-weight: 600; }
a { color: var(--vscode-textLink-foreground); text-decoration: none; }
a:hover { text-decoration: underline; }
code, pre { font-family: var(--vscode-editor-font-family); font-size: 0.95em; }
pre {
  padding: 0.75em 1em;
  overflow-x: auto;
  background: var(--vscode-textCodeBlock-background);
  border-radius: 4px;
}
table { border-collapse: collapse; }
th, td { padding: 0.25em 1em 0.25em 0; text-align: left; vertical-align: top; }
.error { color: var(--vscode-editorError-foreground); }
.warning { color: var(--vscode-editorWarning-foreground); }
.info { color: var(--vscode-editorInfo-foreground); }
`;
