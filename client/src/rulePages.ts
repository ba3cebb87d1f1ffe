// Opens the page of a rule in VS Code's own Markdown preview. The server has the text.

import { Disposable, commands as editorCommands, Uri, window, workspace } from 'vscode';
import { type RulePageResult, rulePageRequest } from './protocol.ts';
import type { Ask } from './server.ts';

const pageScheme = 'steadystate-rule';

/** Findings link to `<editor>://steadystate.steadystate/rules/<rule>`. */
export function registerRulePages(ask: Ask): Disposable {
  const provider = workspace.registerTextDocumentContentProvider(pageScheme, {
    provideTextDocumentContent: async (uri, token) => {
      const rule = ruleOf(uri);
      const page = await ask<RulePageResult | null>(rulePageRequest, { rule }, token);
      return page?.markdown ?? `There is no rule \`${rule}\`.`;
    },
  });
  const handler = window.registerUriHandler({
    handleUri: async (uri) => {
      if (!uri.path.startsWith('/rules/')) {
        return;
      }
      await openRulePage(ruleOf(uri));
    },
  });
  return Disposable.from(provider, handler);
}

export async function openRulePage(rule: string): Promise<void> {
  const page = Uri.from({ scheme: pageScheme, path: `/${rule}.md` });
  await editorCommands.executeCommand('markdown.showPreview', page);
}

/** The last segment of the path, so that no address can name anything but a rule. */
function ruleOf(uri: Uri): string {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return name.endsWith('.md') ? name.slice(0, -'.md'.length) : name;
}
