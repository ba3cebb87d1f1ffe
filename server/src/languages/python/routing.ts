// The paths that Flask and FastAPI programs answer. Every use of an application or router is read, or counts as one that
// may answer anything: only so can it be said that nothing answers a path.

import type { Expression } from '../../facts/expression.ts';
import type { Router, Routing } from '../../facts/routing.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { literal, place, textOf } from '../expressions.ts';
import { createRouting, finishRouting, type RoutingReading, withParameters } from '../routing.ts';
import { readUrlPatterns } from './django.ts';
import { pythonExpression } from './expressions.ts';
import { readFunction } from './functions.ts';
import { fullName, keywordArgument, type PythonFile, plainDotted, positionalArguments, unwrap } from './names.ts';

const WORTH =
  /\b(?:flask|fastapi|Blueprint|APIRouter|routers?|app|application|api|bp|urlpatterns)\b|\.(?:route|get|post|mount|include_router|register_blueprint)\(/i;
const IMPORTED_ROUTER = /^(?:\w*app|application|\w*router|\w*api|\w*bp|\w*blueprint|server)$/i;

const makers: Readonly<Record<string, Pick<Router, 'framework' | 'isApplication'> & { readonly prefix?: string }>> = {
  'flask.Flask': { framework: 'flask', isApplication: true },
  'flask.Blueprint': { framework: 'flask', isApplication: false, prefix: 'url_prefix' },
  'fastapi.FastAPI': { framework: 'fastapi', isApplication: true },
  'fastapi.APIRouter': { framework: 'fastapi', isApplication: false, prefix: 'prefix' },
  'fastapi.routing.APIRouter': { framework: 'fastapi', isApplication: false, prefix: 'prefix' },
};

/** Arguments of an application that may make it answer more paths. */
const widening = ['static_url_path', 'static_folder', 'routes', 'root_path', 'middleware', 'host_matching'];

type Reading = RoutingReading<PythonFile>;

/** A look at the text, before a tree is made of it. */
export function mayRoutePython(text: string): boolean {
  return WORTH.test(text);
}

export function readPythonRouting(file: PythonFile, root: SyntaxNode): Routing {
  const reading = createRouting(file);
  findRouters(reading, root);
  visit(reading, root, []);
  readUrlPatterns(reading, root);
  return finishRouting(reading, file.text);
}

function findRouters(reading: Reading, node: SyntaxNode): void {
  if (node.type === 'assignment') readRouter(reading, node);
  for (const child of node.children) findRouters(reading, child);
}

function readRouter({ file, routers, routes }: Reading, node: SyntaxNode): void {
  const left = childOf(node, 'left');
  const call = unwrap(childOf(node, 'right'));
  const name = left && plainDotted(file, left);
  if (name === undefined || call?.type !== 'call') return;
  const full = fullName(file, childOf(call, 'function')) ?? '';
  const maker = Object.hasOwn(makers, full) ? makers[full] : undefined;
  if (!maker) return;
  const list = childOf(call, 'arguments');
  const at = place(file, call);
  const given = maker.prefix === undefined ? undefined : keywordArgument(file, list, maker.prefix);
  const { framework, isApplication } = maker;
  routers.set(name, { name, framework, isApplication, at, ...(given && { prefix: pythonExpression(file, given) }) });
  const isOpen =
    list?.children.some(({ type }) => type === 'dictionary_splat' || type === 'list_splat') === true ||
    widening.some((keyword) => keywordArgument(file, list, keyword));
  if (isOpen) routes.push({ router: name, below: true, at });
}

/** The uses of routers; `around` are the nodes about it, the nearest first. */
function visit(reading: Reading, node: SyntaxNode, around: readonly SyntaxNode[]): void {
  const { file } = reading;
  if (/^(?:import|import_from|future_import)_statement$/.test(node.type)) return;
  if (node.type === 'function_definition') {
    visitFunction(reading, node);
    return;
  }
  if (node.type === 'identifier' || node.type === 'attribute') {
    const name = plainDotted(file, node);
    if (name !== undefined && isRouter(reading, name, around) && isUse(node, around[0])) {
      readUse(reading, reading.parameters.get(name) ?? name, node, around);
      return;
    }
  }
  const inner = [node, ...around.slice(0, 5)];
  for (const child of node.children) visit(reading, child, inner);
}

/** Whoever calls a function may give it a router. */
function visitFunction(reading: Reading, node: SyntaxNode): void {
  const { parameters } = readFunction(reading.file, node, []);
  const names = parameters.map(({ name }) => name).filter((name) => IMPORTED_ROUTER.test(name));
  const inner = withParameters(reading, node, names, 'flask');
  const body = childOf(node, 'body');
  if (body) visit(inner, body, []);
}

/** A router of this file, or a name that may be one: who follows names through files tells. */
function isRouter({ file, routers, parameters }: Reading, name: string, around: readonly SyntaxNode[]): boolean {
  if (routers.has(name) || parameters.has(name)) return true;
  if (!file.imports.has(name) && !file.created.has(name)) return false;
  const [attribute, call] = around;
  const isCalled = attribute?.type === 'attribute' && call?.type === 'call' && attribute.field === 'function';
  return IMPORTED_ROUTER.test(name) || (isCalled && ADDING.test(textOf(file, childOf(attribute, 'attribute'))));
}

/** Not a name that is bound, a keyword or the name of an attribute. */
function isUse(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (parent?.type === 'assignment' && node.field === 'left') return false;
  if (parent?.type === 'keyword_argument' && node.field === 'name') return false;
  if (parent?.type === 'attribute' && node.field === 'attribute') return false;
  return !/^(?:parameters|default_parameter|typed_parameter|typed_default_parameter)$/.test(parent?.type ?? '');
}

function readUse(reading: Reading, router: string, node: SyntaxNode, around: readonly SyntaxNode[]): void {
  const [parent, outer] = around;
  const isReceiver = parent?.type === 'attribute' && node.field === 'object';
  if (isReceiver && outer?.type === 'call' && parent.field === 'function') {
    readCall(reading, router, textOf(reading.file, childOf(parent, 'attribute')), outer, around.slice(2));
    return;
  }
  if (isReceiver && outer?.type === 'decorator') {
    const method = textOf(reading.file, childOf(parent, 'attribute'));
    const isQuiet = QUIET_METHOD.test(method) || (BEFORE.test(method) && !mayAnswer(reading.file, around.slice(1)));
    if (!isQuiet) open(reading, router, node);
    return;
  }
  if (isReceiver ? isHarmlessAttribute(reading.file, parent, outer, around) : isHarmlessUse(reading, parent, around))
    return;
  if (parent?.type !== 'argument_list' || !isHanded(reading, router, node, parent, outer)) open(reading, router, node);
}

/** `register_routes(app)`: what the function does with it is followed. */
function isHanded(
  { file, mounts }: Reading,
  router: string,
  node: SyntaxNode,
  list: SyntaxNode,
  call: SyntaxNode | undefined,
): boolean {
  const callee = call?.type === 'call' ? childOf(call, 'function') : undefined;
  const argument = positionalArguments(list).indexOf(node);
  if (!callee || argument < 0 || plainDotted(file, callee) === undefined) return false;
  mounts.push({ router, target: { call: pythonExpression(file, callee), argument }, at: place(file, node) });
  return true;
}

function open({ file, routes }: Reading, router: string, node: SyntaxNode): void {
  routes.push({ router, below: true, at: place(file, node) });
}

const ROUTE =
  /^(?:route|get|post|put|patch|delete|head|options|trace|api_route|websocket|websocket_route|add_url_rule|add_api_route)$/;
const ADDING = new RegExp(`${ROUTE.source}|^(?:mount|include_router|register_blueprint)$`);
const QUIET_METHOD =
  /^(?:run|test_client|app_context|test_request_context|on_event|after_request|after_app_request|teardown_\w+|context_processor|app_context_processor|shell_context_processor|template_\w+|app_template_\w+|before_first_request|add_template_\w+|errorhandler|app_errorhandler|register_error_handler|exception_handler|add_exception_handler|openapi|cli\w*)$/;
/** They run before the routes, and may answer in their place. */
const BEFORE = /^(?:middleware|before_request|before_app_request)$/;
const QUIET_MIDDLEWARE =
  /(?:CORS|GZip|Brotli|TrustedHost|HTTPSRedirect|Session|RequestId|RequestID|CorrelationId|ProxyHeaders)\w*$/;

function readCall(
  reading: Reading,
  router: string,
  method: string,
  call: SyntaxNode,
  around: readonly SyntaxNode[],
): void {
  const { file } = reading;
  const list = childOf(call, 'arguments');
  const [first] = positionalArguments(list);
  if (ROUTE.test(method)) {
    const path = first ?? keywordArgument(file, list, 'path') ?? keywordArgument(file, list, 'rule');
    if (path) addRoute(reading, router, pythonExpression(file, path), call, false);
    else open(reading, router, call);
  } else if (method === 'register_blueprint' || method === 'include_router') {
    readMount(reading, router, call, first ?? keywordArgument(file, list, 'router'), method);
  } else if (method === 'mount') {
    addRoute(reading, router, first && pythonExpression(file, first), call, true);
  } else if (method === 'add_middleware') {
    if (!first || !QUIET_MIDDLEWARE.test(textOf(file, first))) open(reading, router, call);
  } else if (!QUIET_METHOD.test(method) || answersItself(file, method, call, around)) {
    if (!BEFORE.test(method) || mayAnswer(file, around)) open(reading, router, call);
  }
  if (list) visit(reading, list, [call]);
}

function addRoute(
  { file, routes }: Reading,
  router: string,
  path: Expression | undefined,
  node: SyntaxNode,
  below: boolean,
): void {
  routes.push({ router, ...(path && { path }), below: below || !path, at: place(file, node) });
}

/** A handler of missing pages that does not pass the status on. */
function answersItself(file: PythonFile, method: string, call: SyntaxNode, around: readonly SyntaxNode[]): boolean {
  if (!/error_?handler|exception_handler/.test(method)) return false;
  const handled = textOf(file, childOf(call, 'arguments')).slice(0, 200);
  return (
    /404|NotFound|Starlette|HTTPException|\bException\b/.test(handled) &&
    !/404|status_code|\.code\b/.test(decorated(file, around).replace(handled, ''))
  );
}

/** Whether a function that runs before the routes may answer in their place. */
function mayAnswer(file: PythonFile, around: readonly SyntaxNode[]): boolean {
  const text = decorated(file, around);
  return text === '' || /\breturn\s+(?!None\b|response\b|await\s+call_next\b)\S/.test(text);
}

/** The text of the function that a decorator stands at. */
function decorated(file: PythonFile, around: readonly SyntaxNode[]): string {
  const definition = around.find(({ type }) => type === 'decorated_definition');
  return definition && around[0]?.type === 'decorator' ? textOf(file, childOf(definition, 'definition')) : '';
}

function readMount(
  reading: Reading,
  router: string,
  call: SyntaxNode,
  target: SyntaxNode | undefined,
  method: string,
): void {
  const { file, mounts } = reading;
  const list = childOf(call, 'arguments');
  const name = target && plainDotted(file, target);
  const given = keywordArgument(file, list, method === 'include_router' ? 'prefix' : 'url_prefix');
  const prefix = given && pythonExpression(file, given);
  if (name === undefined) {
    addRoute(reading, router, prefix ?? literal('', place(file, call)), call, true);
    return;
  }
  const own = reading.parameters.get(name) ?? name;
  mounts.push({ router, target: { name: own }, ...(prefix && { prefix }), at: place(file, call) });
}

const QUIET_ATTRIBUTE =
  /^(?:config|logger|debug|secret_key|state|title|version|description|name|jinja_env|json|jinja_options|dependency_overrides|extensions|cli|testing|permanent_session_lifetime|import_name|root_path|instance_path|url_map|json_encoder|json_provider_class|openapi_schema|env|template_folder|session_interface|openapi_tags|lifespan)$/;

function isHarmlessAttribute(
  file: PythonFile,
  attribute: SyntaxNode,
  outer: SyntaxNode | undefined,
  around: readonly SyntaxNode[],
): boolean {
  const name = textOf(file, childOf(attribute, 'attribute'));
  if (QUIET_ATTRIBUTE.test(name)) return true;
  if (name !== 'wsgi_app') return false;
  const assignment = [outer, ...around].find((node) => node?.type === 'assignment');
  return /\bProxyFix\b/.test(textOf(file, assignment).slice(0, 200));
}

const QUIET_CALL =
  /^(?:CORS|SQLAlchemy|Migrate|LoginManager|JWTManager|Marshmallow|Bcrypt|Mail|Limiter|CSRFProtect|Compress|Cache|Talisman|Session|TestClient|WSGIServer|serve|print|isinstance|uvicorn\.run|waitress\.serve|(?:Flask|FastAPI)Instrumentor(?:\(\))?\.instrument_app|(?:db|database|migrate|login_manager|login|jwt|ma|marshmallow|bcrypt|mail|limiter|csrf|compress|cache|cors|session|sess)\.init_app)$/;

/** A router that is handed out or handed to something that adds no path. */
function isHarmlessUse({ file }: Reading, parent: SyntaxNode | undefined, around: readonly SyntaxNode[]): boolean {
  if (parent === undefined || /^(?:return_statement|expression_statement|module|block)$/.test(parent.type)) return true;
  const list = around.find(({ type }) => type === 'argument_list');
  const call = list && around[around.indexOf(list) + 1];
  if (call?.type !== 'call') return false;
  const callee = childOf(call, 'function');
  const name = callee ? textOf(file, callee) : '';
  const isMounted = /\.(?:register_blueprint|include_router)$/.test(name);
  return isMounted || QUIET_CALL.test(name);
}
