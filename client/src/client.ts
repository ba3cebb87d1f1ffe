// The language client: which program is the server and which documents it hears of. Loaded when activation is over.

import { type Disposable, type ExtensionContext, env, type LogOutputChannel } from 'vscode';
import { type DocumentSelector, LanguageClient, State, TransportKind } from 'vscode-languageclient/node';

const schemes = ['file', 'untitled', 'vscode-vfs'];

const languages = [
  'apacheconf',
  'caddyfile',
  'cloudformation',
  'csharp',
  'dockercompose',
  'dockerfile',
  'dotenv',
  'elixir',
  'github-actions-workflow',
  'go',
  'haproxy',
  'hcl',
  'hocon',
  'ini',
  'java',
  'javascript',
  'javascriptreact',
  'json',
  'jsonc',
  'jsonnet',
  'kotlin',
  'makefile',
  'nginx',
  'opentofu',
  'opentofu-vars',
  'php',
  'properties',
  'python',
  'ruby',
  'rust',
  'shellscript',
  'spring-boot-properties',
  'spring-boot-properties-yaml',
  'terraform',
  'terraform-vars',
  'toml',
  'typescript',
  'typescriptreact',
  'xml',
  'yaml',
];

/** Files that editors give no language, or one of their own. */
const patterns = [
  '**/{Dockerfile,dockerfile}*',
  '**/*.{Dockerfile,dockerfile}',
  '**/*DockerFile*',
  '**/{Procfile,Caddyfile,Makefile,.env,.env.*,.flaskenv,.dockerignore}',
  '**/*.{tf,tfvars,tofu,tftpl,tpl,template,conf,cfg,jsonnet,libsonnet}',
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
