// The style of the result page. Colors are the editor's variables, so light, dark and high-contrast themes all fit; the
// fallbacks are for browsers.

export const reportStyle = `
.steadystate { font-family: var(--vscode-font-family, sans-serif); font-size: var(--vscode-font-size, 13px);
  color: var(--vscode-foreground, #333); line-height: 1.5; max-width: 76rem; margin: 0 auto; padding: 0.5rem 1rem 2rem;
  --ok: var(--vscode-testing-iconPassed, #388a34); --bad: var(--vscode-editorError-foreground, #d1242f);
  --warn: var(--vscode-editorWarning-foreground, #bf8803); --note: var(--vscode-editorInfo-foreground, #1a85ff);
  --line: var(--vscode-widget-border, var(--vscode-contrastBorder, rgba(128, 128, 128, 0.35)));
  --soft: var(--vscode-descriptionForeground, #717171); }
.steadystate h1 { font-size: 1.5em; font-weight: 600; margin: 0.6em 0 0.3em; }
.steadystate h1.differs { color: var(--bad); }
.steadystate h1.agrees { color: var(--ok); }
.steadystate h2 { font-size: 1.2em; font-weight: 600; margin: 0; }
.steadystate h3 { font-size: 1em; font-weight: 600; margin: 0 0 0.4em; }
.steadystate a { color: var(--vscode-textLink-foreground, #006ab1); text-decoration: none; }
.steadystate a:hover { text-decoration: underline; }
.steadystate code { font-family: var(--vscode-editor-font-family, monospace); font-size: 0.95em; color: inherit;
  background: none; padding: 0; overflow-wrap: anywhere; }
.steadystate .counts { margin: 0 0 1em; display: flex; flex-wrap: wrap; gap: 0.4em; }
.steadystate .chip { border: 1px solid var(--line); border-radius: 1em; padding: 0 0.7em; }
.steadystate .chip.error { color: var(--bad); border-color: var(--bad); }
.steadystate .chip.warning { color: var(--warn); border-color: var(--warn); }
.steadystate .chip.info { color: var(--note); border-color: var(--note); }
.steadystate .chip.none { color: var(--soft); }
.steadystate .card { border: 1px solid var(--line); border-radius: 6px; padding: 0.9em 1.1em; margin: 0 0 1em;
  background: var(--vscode-editorWidget-background, rgba(128, 128, 128, 0.06)); }
.steadystate .files, .steadystate .because, .steadystate .fine, .steadystate .image, .steadystate .rule { color: var(--soft); }
.steadystate .files { margin: 0.1em 0 0.8em; }
.steadystate .note { color: var(--soft); margin: 0 0 0.6em; }
.steadystate .stale { color: var(--warn); }
.steadystate .image { font-weight: 400; }
.steadystate .container { margin: 0 0 1em; }
.steadystate .chain { display: flex; flex-wrap: wrap; gap: 0.6em 1.9em; align-items: stretch; }
.steadystate .box { position: relative; border: 1px solid var(--line); border-top: 3px solid var(--line); border-radius: 4px;
  padding: 0.35em 0.7em 0.5em; min-width: 7.5em; max-width: 21em; background: var(--vscode-editor-background, transparent); }
.steadystate .box::after { position: absolute; right: -1.5em; top: 0.9em; color: var(--soft); }
.steadystate .box.leads::after { content: '→'; }
.steadystate .box.breaks::after { content: '≠'; color: var(--bad); font-weight: 700; }
.steadystate .box.agrees { border-top-color: var(--ok); }
.steadystate .box.differs { border-color: var(--bad); }
.steadystate .box.note { border-top-color: var(--warn); }
.steadystate .box.source { border-top-color: var(--note); }
.steadystate .box.unknown { border-style: dashed; }
.steadystate .title { color: var(--soft); font-size: 0.92em; }
.steadystate .value { font-size: 1.1em; font-weight: 600; overflow-wrap: anywhere; }
.steadystate .details { color: var(--soft); font-size: 0.92em; overflow-wrap: anywhere; }
.steadystate .details ol { margin: 0.3em 0 0; padding-left: 1.3em; }
.steadystate .sign.agrees { color: var(--ok); }
.steadystate .sign.differs { color: var(--bad); }
.steadystate .sign.note { color: var(--warn); }
.steadystate .sign.unknown { color: var(--soft); }
.steadystate .findings { list-style: none; margin: 0; padding: 0; }
.steadystate .finding { border-left: 3px solid var(--line); padding: 0.15em 0 0.15em 0.8em; margin: 0 0 0.7em; }
.steadystate .finding.error { border-left-color: var(--bad); }
.steadystate .finding.warning { border-left-color: var(--warn); }
.steadystate .finding.info { border-left-color: var(--note); }
.steadystate .severity { font-weight: 600; }
.steadystate .error .severity { color: var(--bad); }
.steadystate .warning .severity { color: var(--warn); }
.steadystate .info .severity { color: var(--note); }
.steadystate .related { margin: 0.2em 0 0; padding-left: 1.3em; color: var(--soft); }
.steadystate .fix { color: var(--soft); margin-top: 0.2em; }
.steadystate .fine { margin: 0; }
`;
