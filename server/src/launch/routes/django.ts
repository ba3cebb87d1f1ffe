// The paths of a Django program: its settings name the root of its patterns, which include others.
// https://docs.djangoproject.com/en/stable/ref/settings/#root-urlconf

import { dottedName, type Expression } from '../../facts/expression.ts';
import type { ServedRoute } from '../../facts/routing.ts';
import { evaluate } from '../evaluate.ts';
import type { Evaluated, Evaluation, Frame } from '../evaluated.ts';
import { lookUp } from '../evaluateName.ts';
import type { Module } from '../modules.ts';
import type { RunningProgram } from '../program.ts';
import { collect, createCollection, routesIn } from './collect.ts';

const PATTERNS = 'urlpatterns';
const MOST_MODULES = 300;

/** Middleware that hands requests on: of Django, of packages, and of the program by its name. */
const PASSING =
  /^(?:django|corsheaders|whitenoise|allauth|debug_toolbar|django_prometheus|simple_history|django_structlog|csp|axes|waffle|auditlog|reversion|django_htmx|crum|hijack|django_user_agents|log_request_id|request_id|django_otp|two_factor|easyaudit|impersonate|maintenance_mode|silk|djangorestframework|oauth2_provider|social_django|aws_xray_sdk|elasticapm|ddtrace|newrelic|sentry_sdk|django_guid|django_permissions_policy|guardian|rollbar|livereload)\.|(?:Log|Logging|Cors|CORS|Authentication|Timezone|Locale|Language|Exception|Error|RequestId|CurrentUser|LastActivity|NoCache|Timing)Middleware$/;
/** Settings that put pages at the root, or something before all paths. */
const OPENING = ['WHITENOISE_ROOT', 'WHITENOISE_INDEX_FILE', 'FORCE_SCRIPT_NAME'];

export function djangoRoutes(program: RunningProgram): readonly ServedRoute[] | undefined {
  const { evaluation, entry } = program;
  const settings = settingsModule(evaluation, entry);
  if (!settings || !servesDjango(entry)) return undefined;
  const frame: Frame = { module: settings, path: [] };
  const root = moduleNamed(evaluation, settings, textOf(lookUp(evaluation, 'ROOT_URLCONF', frame)));
  if (!root || !passesOn(evaluation, frame) || OPENING.some((name) => lookUp(evaluation, name, frame)))
    return undefined;
  const router = evaluation.modules.routing(root.uri)?.routers.find(({ name }) => name === PATTERNS);
  // A view of the program's own may answer what is missing with a page.
  if (!router || root.definitions.has('handler404')) return undefined;
  const collection = createCollection(evaluation, [...patternModules(evaluation, root), settings]);
  // Without this middleware nothing adds the slash.
  const adds = middlewareOf(evaluation, frame)?.includes('django.middleware.common.CommonMiddleware') === true;
  const isSet = lookUp(evaluation, 'APPEND_SLASH', frame) !== undefined;
  const own = adds && !isSet ? collection : { ...collection, redirectsSlash: false };
  collect(own, { module: root, router }, '');
  return routesIn(own);
}

function textOf(value: Evaluated | undefined): string | undefined {
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

function moduleNamed({ modules }: Evaluation, from: Module, name: string | undefined): Module | undefined {
  const found = name === undefined ? undefined : modules.resolve(from.uri, 'python', name);
  if (found?.kind === 'folder') return undefined;
  return found?.kind === 'file' ? modules.load(found.uri) : undefined;
}

/** What `os.environ.setdefault('DJANGO_SETTINGS_MODULE', …)` names, or the environment in its place. */
function settingsModule(evaluation: Evaluation, entry: Module): Module | undefined {
  const write = entry.program.environmentWrites.find(({ name }) => name === 'DJANGO_SETTINGS_MODULE');
  const value = write?.value;
  if (!value || value.kind === 'function' || value.kind === 'class') return undefined;
  return moduleNamed(evaluation, entry, textOf(evaluate(evaluation, value, { module: entry, path: [] })));
}

/** Whether Django alone answers requests over HTTP. */
function servesDjango({ definitions, uri }: Module): boolean {
  if (uri.endsWith('/manage.py')) return true;
  const made = [...(definitions.get('application') ?? []), ...(definitions.get('app') ?? [])];
  return (
    made.length > 0 && made.every(({ value }) => value.kind !== 'function' && value.kind !== 'class' && isDjango(value))
  );
}

function isDjango(value: Expression): boolean {
  if (value.kind === 'name') return /^(?:application|app|django_\w+)$/.test(value.name);
  if (value.kind !== 'call') return false;
  const name = dottedName(value.callee) ?? '';
  if (/(?:^|\.)get_[aw]sgi_application$/.test(name)) return true;
  const [first] = value.arguments;
  if (!/(?:^|\.)ProtocolTypeRouter$/.test(name) || first?.value.kind !== 'object') return false;
  return first.value.entries.every(({ key, value: inner }) => key !== 'http' || isDjango(inner));
}

/** The names in MIDDLEWARE; undefined where it is not one list of texts. */
function middlewareOf(evaluation: Evaluation, frame: Frame): readonly string[] | undefined {
  const value = lookUp(evaluation, 'MIDDLEWARE', frame);
  if (value?.kind !== 'array') return undefined;
  const names = value.expression.items.map((item) => textOf(evaluate(evaluation, item, value.frame)));
  return names.every((name) => name !== undefined) ? names : undefined;
}

function passesOn(evaluation: Evaluation, frame: Frame): boolean {
  return middlewareOf(evaluation, frame)?.every((name) => PASSING.test(name)) === true;
}

/** The files that patterns include each other from. */
function patternModules(evaluation: Evaluation, root: Module): readonly Module[] {
  const found = new Map([[root.uri, root]]);
  // A map grows while it is walked.
  for (const module of found.values()) {
    for (const { target } of evaluation.modules.routing(module.uri)?.mounts ?? []) {
      const next = 'module' in target ? moduleNamed(evaluation, module, target.module) : undefined;
      if (next && found.size < MOST_MODULES) found.set(next.uri, next);
    }
  }
  return [...found.values()];
}
