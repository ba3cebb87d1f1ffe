// The documents open in the editor: their texts, versions and the editor's spelling of their addresses.

import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Uri } from '../base/uri.ts';
import { fromEditorUri } from './convert.ts';

export interface OpenDocument {
  readonly uri: Uri;
  readonly version: number;
  /** Without byte-order mark. */
  readonly text: string;
  readonly startsWithMark: boolean;
}

export interface Documents {
  /** Each answers the document's address; undefined for documents that are no workspace files. */
  open(params: DidOpenTextDocumentParams): Uri | undefined;
  change(params: DidChangeTextDocumentParams): Uri | undefined;
  close(params: DidCloseTextDocumentParams): Uri | undefined;
  get(uri: Uri): OpenDocument | undefined;
  all(): Iterable<OpenDocument>;
  /** How the editor spells the address of a document it has, or had, open. */
  spelling(uri: Uri): string | undefined;
}

const MARK = '\uFEFF';

/** `accepts` tells workspace files from what else an editor shows in documents: output, notebooks, git's old texts. */
export function createDocuments(accepts: (uri: Uri) => boolean): Documents {
  const documents = new Map<Uri, TextDocument>();
  const spellings = new Map<Uri, string>();

  function addressOf(editorUri: string): Uri | undefined {
    const uri = fromEditorUri(editorUri);
    return uri !== undefined && accepts(uri) ? uri : undefined;
  }

  function view(uri: Uri, document: TextDocument): OpenDocument {
    const text = document.getText();
    const startsWithMark = text.startsWith(MARK);
    return {
      uri,
      version: document.version,
      text: startsWithMark ? text.slice(1) : text,
      startsWithMark,
    };
  }

  return {
    open({ textDocument }) {
      const uri = addressOf(textDocument.uri);
      if (uri === undefined) return undefined;
      const { languageId, version, text } = textDocument;
      documents.set(uri, TextDocument.create(textDocument.uri, languageId, version, text));
      spellings.set(uri, textDocument.uri);
      return uri;
    },

    change({ textDocument, contentChanges }) {
      const uri = fromEditorUri(textDocument.uri);
      const document = uri === undefined ? undefined : documents.get(uri);
      if (uri === undefined || !document) return undefined;
      documents.set(uri, TextDocument.update(document, contentChanges, textDocument.version));
      return uri;
    },

    close({ textDocument }) {
      const uri = fromEditorUri(textDocument.uri);
      return uri !== undefined && documents.delete(uri) ? uri : undefined;
    },

    get(uri) {
      const document = documents.get(uri);
      return document && view(uri, document);
    },

    spelling: (uri) => spellings.get(uri),

    *all() {
      for (const [uri, document] of documents) yield view(uri, document);
    },
  };
}
