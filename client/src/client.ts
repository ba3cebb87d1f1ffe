// The language client: which program is the server and which documents it hears of. Loaded when activation is over.

import { type Disposable, type ExtensionContext, env, type LogOutputChannel } from 'vscode';
import { type DocumentSelector, LanguageClient, State, TransportKind } from 'vscode-languageclient/node';

const schemes = ['file', 'untitled', 'vscode-vfs'];

const languages = [
  'dockercompose',
  'dockerfile',
  'dotenv',
  'javascript',
  'javascriptreact',
  'json',
  'jsonc',
  'properties',
  'python',
  'shellscript',
  'typescript',
  'typescriptreact',
  'yaml',
];

/** Files that editors give no language, or one of their own. */
const patterns = [
  '**/{Dockerfile,dockerfile}*',
  '**/*.{Dockerfile,dockerfile}',
  '**/*DockerFile*',
  '**/{Procfile,.env,.env.*}',
];

export function createClient(context: ExtensionContext, output: LogOutputChannel): LanguageClient {
  const server = {
    module: context.asAbsolutePath('dist/server.cjs'),
    transport: TransportKind.ipc,
  };
  return new LanguageClient(
    'steadystate',
    'Steady State',
    { run: server, debug: { ...server, options: { execArgv: ['--nolazy', '--inspect=6009'] } } },
    {
      documentSelector: documentSelector(),
      outputChannel: output,
      initializationOptions: { uriScheme: env.uriScheme },
    },
  );
}

/** Also when a restart begins. */
export function onStopped(client: LanguageClient, stopped: () => void): Disposable {
  return client.onDidChangeState(({ newState }) => {
    if (newState === State.Stopped) {
      stopped();
    }
  });
}

function documentSelector(): DocumentSelector {
  return schemes.flatMap((scheme) => [
    ...languages.map((language) => ({ scheme, language })),
    ...patterns.map((pattern) => ({ scheme, pattern })),
  ]);
}
