// The paths of a Rails application: those of config/routes.rb, and the files of public/.
// https://guides.rubyonrails.org/routing.html, https://guides.rubyonrails.org/configuring.html#config-public-file-server-enabled

import { basename, dirname, joinUri, type Uri } from '../../base/uri.ts';
import { dottedName } from '../../facts/expression.ts';
import type { Call } from '../../facts/program.ts';
import type { ServedRoute } from '../../facts/routing.ts';
import { knownValue } from '../../facts/value.ts';
import type { ContainerProcess } from '../launcher.ts';
import type { RunningProgram } from '../program.ts';
import { collectDeclared, createCollection, routesIn } from './collect.ts';

/** Of Rails itself, and of libraries for health checks that add their paths unasked. */
const ownPaths = [
  'rails',
  'cable',
  'assets',
  'packs',
  'vite',
  'okcomputer',
  'health_check',
  'healthcheck',
  'heartbeat',
];
const PASSING =
  /^(?:Rack::(?:Cors|Attack|Deflater|MethodOverride|ETag|Runtime|Head|Timeout|Utf8Sanitizer|BounceFavicon)|ActionDispatch::(?:Cookies|Session::\w+|Flash)|Warden::\w+|\w*Log\w*(?:::\w+)*|Prometheus::Middleware::Collector|I18n::JS::Middleware)$/;

export function railsRoutes(
  process: ContainerProcess,
  { evaluation, entry }: RunningProgram,
): readonly ServedRoute[] | undefined {
  const root = dirname(entry.uri);
  const { files } = process;
  const uri = joinUri(root, 'config/routes.rb');
  const module = files.exists(uri) ? evaluation.modules.load(uri) : undefined;
  const isWhole = entry.program.calls.every(({ callee }) => !/^(?:map|use)$/.test(callee));
  const isMoved = process.environment.named('RAILS_RELATIVE_URL_ROOT');
  if (!module || !isWhole || isMoved || !files.routing?.(uri)) return undefined;
  const settings = settingsFiles(process, root).map((file) => evaluation.modules.load(file));
  if (settings.some((one) => one === undefined || one.program.calls.some(mayAnswer))) return undefined;
  if (settings.some((one) => [...(one?.definitions.keys() ?? [])].some((name) => /relative_url_root$/.test(name))))
    return undefined;
  const collection = createCollection(evaluation, [module]);
  collectDeclared(collection, '');
  const { at } = module.program;
  for (const path of ownPaths) collection.routes.push({ path, below: true, at });
  // Rails has a page at the root for whoever develops.
  if (knownValue(process.environment.get('RAILS_ENV')) !== 'production')
    collection.routes.push({ path: '/', below: false, at });
  collection.routes.push(...publicFiles(process, root));
  return routesIn(collection);
}

function settingsFiles({ files }: ContainerProcess, root: Uri): readonly Uri[] {
  const folders = ['config', 'config/environments', 'config/initializers'];
  const found = folders.flatMap((folder) => files.list(joinUri(root, folder)));
  return found.filter((uri) => uri.endsWith('.rb') && !/\/(?:routes|puma|deploy|schedule)\.rb$/.test(uri));
}

/** `config.middleware.use Probe` */
function mayAnswer({ callee, arguments: values }: Call): boolean {
  if (/(?:^|\.)routes\.(?:draw|append|prepend)$/.test(callee)) return true;
  if (!/(?:^|\.)middleware\.(?:use|unshift|insert_before|insert_after|swap|insert)$/.test(callee)) return false;
  const names = values.map(({ value }) => dottedName(value));
  return !names.some((name) => name !== undefined && PASSING.test(name.replaceAll('.', '::')));
}

function publicFiles(process: ContainerProcess, root: Uri): readonly ServedRoute[] {
  const { files, buildTexts } = process;
  const folder = joinUri(root, 'public');
  const at = { uri: folder, span: { start: 0, end: 0 } };
  // A front end is put there when the image is built.
  if (buildTexts.some((text) => /\bpublic\b/.test(text))) return [{ path: '', below: true, at }];
  return [
    ...files.list(folder).flatMap((uri): readonly ServedRoute[] => {
      const name = basename(uri);
      const paths = name === 'index.html' ? ['/'] : [name, name.replace(/\.html$/, '')];
      return paths.map((path) => ({ path, below: false, at: { ...at, uri } }));
    }),
    ...files.folders(folder).map((uri) => ({ path: basename(uri), below: true, at: { ...at, uri } })),
  ];
}
