// The paths that Express and Fastify programs answer. Every use of an application or router is read, or counts as one that
// may answer anything: only so can it be said that nothing answers a path.

import type { Expression } from '../../facts/expression.ts';
import type { Routing } from '../../facts/routing.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { place, textOf } from '../expressions.ts';
import { createRouting, finishRouting, type RoutingReading, withParameters } from '../routing.ts';
import { scriptExpression } from './expressions.ts';
import { argumentsOf, fullName, isFunction, plainDotted, requiredModule, type ScriptFile, unwrap } from './names.ts';
import { readControllers, readNestCall, readSwagger } from './nest.ts';
import { propertyNode } from './objects.ts';
import { parameterNodes } from './walk.ts';

const WORTH = /\bexpress\b|\bfastify\b|\brouter\b|\bapp\b|@nestjs\/|\.(?:get|all|use|route|register)\(/i;
const IMPORTED_ROUTER = /^(?:\w*app|application|\w*router|\w*api|server|fastify|instance)$/i;

const frameworks = ['express', 'fastify'] as const;
const NEST_MAKER = '@nestjs/core.NestFactory.create';
const MAKER = /^(?:express(?:\.Router)?|fastify(?:\.(?:fastify|Fastify))?(?:\(\)\.withTypeProvider)?)$/;

type Reading = RoutingReading<ScriptFile>;

/** A look at the text, before a tree is made of it. */
export function mayRouteScript(text: string): boolean {
  return WORTH.test(text);
}

export function readScriptRouting(file: ScriptFile, root: SyntaxNode): Routing {
  const reading = createRouting(file);
  findRouters(reading, root);
  visit(reading, root, []);
  readControllers(reading, root);
  return finishRouting(reading, file.text);
}

function findRouters(reading: Reading, node: SyntaxNode): void {
  const isField = node.type === 'public_field_definition' || node.type === 'field_definition';
  if (node.type === 'variable_declarator' || node.type === 'assignment_expression' || isField) {
    const name = childOf(node, 'name') ?? childOf(node, 'left') ?? childOf(node, 'property');
    const value = unwrap(childOf(node, 'value') ?? childOf(node, 'right'));
    const plain = name && (isField ? `this.${textOf(reading.file, name)}` : plainDotted(reading.file, name));
    if (plain !== undefined && value) readRouter(reading, plain, value);
  }
  for (const child of node.children) findRouters(reading, child);
}

function readRouter({ file, routers }: Reading, name: string, value: SyntaxNode): void {
  if (value.type !== 'call_expression' && value.type !== 'new_expression') return;
  if (isNestMaker(file, value)) {
    routers.set(name, { name, framework: 'nest', isApplication: true, at: place(file, value) });
    return;
  }
  const maker = fullName(file, childOf(value, value.type === 'new_expression' ? 'constructor' : 'function'));
  const framework = frameworks.find((one) => maker?.split(/[.(]/, 1)[0] === one);
  if (!framework || !MAKER.test(maker ?? '')) return;
  routers.set(name, { name, framework, isApplication: maker !== 'express.Router', at: place(file, value) });
}

/** `NestFactory.create(AppModule)`; with a type argument, what is awaited is taken for the function alone. */
function isNestMaker(file: ScriptFile, value: SyntaxNode): boolean {
  const callee = unwrap(childOf(value, 'function'));
  return callee !== undefined && fullName(file, callee) === NEST_MAKER;
}

/** The uses of routers; `around` are the nodes about it, the nearest first. */
function visit(reading: Reading, node: SyntaxNode, around: readonly SyntaxNode[]): void {
  const { file, routers, routes } = reading;
  if (node.type === 'import_statement') return;
  if (isFunction(node) || node.type === 'function_declaration') {
    visitFunction(reading, node);
    return;
  }
  if (node.type === 'shorthand_property_identifier' && routers.has(textOf(file, node)) && !isExported(file, around)) {
    routes.push({ router: textOf(file, node), below: true, at: place(file, node) });
    return;
  }
  if (node.type === 'identifier' || node.type === 'member_expression') {
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
  const names = parameterNodes(node)
    .filter(({ pattern }) => pattern.type === 'identifier')
    .map(({ pattern }) => textOf(reading.file, pattern))
    .filter((name) => IMPORTED_ROUTER.test(name));
  const inner = withParameters(reading, node, names, 'express');
  const body = childOf(node, 'body');
  if (body) visit(inner, body, []);
}

/** A router of this file, or a name that may be one: who follows names through files tells. */
function isRouter({ file, routers, parameters }: Reading, name: string, around: readonly SyntaxNode[]): boolean {
  if (routers.has(name) || parameters.has(name)) return true;
  if (!file.imports.has(name) && !file.created.has(name)) return false;
  const [member, call] = around;
  const isCalled =
    member?.type === 'member_expression' && call?.type === 'call_expression' && member.field === 'function';
  return IMPORTED_ROUTER.test(name) || (isCalled && ADDING.test(textOf(file, childOf(member, 'property'))));
}

/** Not a name that is bound or a parameter. */
function isUse(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (node.field === 'name' || node.field === 'left') return false;
  return !/^(?:formal_parameters|required_parameter|optional_parameter|import_specifier)$/.test(parent?.type ?? '');
}

function isExported(file: ScriptFile, around: readonly SyntaxNode[]): boolean {
  const [object, outer] = around;
  if (object?.type !== 'object' || outer?.type !== 'assignment_expression') return false;
  return /^(?:module\.)?exports\b/.test(textOf(file, childOf(outer, 'left')));
}

function readUse(reading: Reading, router: string, node: SyntaxNode, around: readonly SyntaxNode[]): void {
  const { file, routes } = reading;
  const [parent, outer] = around;
  const isReceiver = parent?.type === 'member_expression' && node.field === 'object';
  if (isReceiver && outer?.type === 'call_expression' && parent.field === 'function') {
    const method = textOf(file, childOf(parent, 'property'));
    const isChained = around[2]?.type === 'member_expression' && outer.field === 'object';
    if (!isChained || method === 'route' || method === 'listen' || isSettingRead(method, outer)) {
      if (!readNestCall(reading, router, method, outer, around)) readCall(reading, router, method, outer);
      return;
    }
  }
  const isHarmless = isReceiver
    ? /^(?:locals|settings|mountpath|log|server|config|version|db|pg|mongo|redis|jwt)$/.test(
        textOf(file, childOf(parent, 'property')),
      )
    : isHarmlessUse(file, parent, around);
  if (isHarmless || (parent?.type === 'arguments' && isHanded(reading, router, node, parent, outer))) return;
  routes.push({ router, below: true, at: place(file, node) });
}

/** `require('./routes')(app)`: what the function does with it is followed. */
function isHanded(
  reading: Reading,
  router: string,
  node: SyntaxNode,
  list: SyntaxNode,
  call: SyntaxNode | undefined,
): boolean {
  const { file, mounts } = reading;
  if (call?.type === 'call_expression' && readSwagger(reading, call)) return true;
  const callee = call?.type === 'call_expression' ? unwrap(childOf(call, 'function')) : undefined;
  const argument = list.children.indexOf(node);
  if (!callee || argument < 0 || (plainDotted(file, callee) ?? requiredModule(file, callee)) === undefined)
    return false;
  mounts.push({ router, target: { call: scriptExpression(file, callee), argument }, at: place(file, node) });
  return true;
}

const ROUTE = /^(?:get|post|put|patch|delete|head|options|all|route)$/;
const ADDING = new RegExp(`${ROUTE.source}|^(?:use|register)$`);
const QUIET_METHOD =
  /^(?:decorate|decorateRequest|decorateReply|addContentTypeParser|addSchema|setValidatorCompiler|setSerializerCompiler|inject|close|ready|after|printRoutes|setErrorHandler|set|enable|disable|enabled|disabled|listen|param|engine|on|once|toString)$/;

function readCall(reading: Reading, router: string, method: string, call: SyntaxNode): void {
  const { file, routes } = reading;
  const values = argumentsOf(call).map((value) => unwrap(value) ?? value);
  const [first] = values;
  const at = place(file, call);
  if (ROUTE.test(method)) {
    if (first?.type === 'object') addRoute(reading, router, optionOf(reading, first, 'url'), call, false);
    else if (first?.type === 'array') addList(reading, router, first, call);
    else if (first && !isSettingRead(method, call))
      addRoute(reading, router, scriptExpression(file, first), call, false);
  } else if (method === 'use') readMiddleware(reading, router, values, call);
  else if (method === 'register') readPlugin(reading, router, values, call);
  else if (ANSWERING.test(method)) {
    if (values.some((value) => !passesOn(file, value) && value.type !== 'string'))
      routes.push({ router, below: true, at });
  } else if (!QUIET_METHOD.test(method)) routes.push({ router, below: true, at });
  for (const value of values) visit(reading, value, [call]);
}

/** `app.get('setting')`, and NestJS's `app.get(ConfigService)`. */
function isSettingRead(method: string, call: SyntaxNode): boolean {
  return method === 'get' && argumentsOf(call).length === 1;
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

/** A property of an object of options. */
function optionOf({ file }: Reading, object: SyntaxNode, name: string): Expression | undefined {
  const value = propertyNode(file, object, name);
  return value && scriptExpression(file, value);
}

/** `fastify.register(routes, { prefix: '/v1' })`: a plugin is a function that is given the application. */
function readPlugin(reading: Reading, router: string, values: readonly SyntaxNode[], call: SyntaxNode): void {
  const { file, mounts, routes } = reading;
  const [plugin, options] = values;
  const at = place(file, call);
  if (plugin && PASSING_PLUGIN.test(fullName(file, plugin) ?? '')) return;
  const isRead = options === undefined || options.type === 'object';
  const prefix = options?.type === 'object' ? optionOf(reading, options, 'prefix') : undefined;
  if (!plugin || isFunction(plugin) || !isRead)
    routes.push({ router, ...(prefix && { path: prefix }), below: true, at });
  else
    mounts.push({
      router,
      target: { call: scriptExpression(file, plugin), argument: 0 },
      ...(prefix && { prefix }),
      at,
    });
}

function addList(reading: Reading, router: string, list: SyntaxNode, call: SyntaxNode): void {
  for (const item of list.children) addRoute(reading, router, scriptExpression(reading.file, item), call, false);
}

/** `use('/api', guard, router)`: what is no router and not known to pass requests on may answer all below. */
function readMiddleware(reading: Reading, router: string, values: readonly SyntaxNode[], call: SyntaxNode): void {
  const { file, routes, mounts } = reading;
  const [first, ...rest] = values;
  const isPath = first !== undefined && /^(?:string|template_string|binary_expression)$/.test(first.type);
  const prefix = isPath ? scriptExpression(file, first) : undefined;
  const at = place(file, call);
  const path = prefix && { path: prefix };
  for (const value of isPath ? rest : values) {
    if (passesOn(file, value)) continue;
    const required = requiredModule(file, value);
    const name = plainDotted(file, value);
    if (required && required.name === undefined) {
      mounts.push({ router, target: { module: required.module }, ...(prefix && { prefix }), at });
    } else if (name !== undefined)
      mounts.push({ router, target: { name: reading.parameters.get(name) ?? name }, ...(prefix && { prefix }), at });
    else routes.push({ router, ...path, below: true, at });
  }
}

/** Given functions that may answer in place of the routes. */
const ANSWERING = /^(?:addHook|setNotFoundHandler)$/;
const PASSING_PLUGIN =
  /^@fastify\/(?:cors|helmet|compress|cookie|jwt|rate-limit|sensible|formbody|multipart|session|secure-session|env|postgres|mongodb|redis|mysql|auth|csrf-protection|websocket|etag)$/;
const PASSING =
  /^(?:express\.(?:json|urlencoded|text|raw)|body-parser(?:\.(?:json|urlencoded|text|raw))?|cors|helmet(?:\.\w+)?|morgan|compression|cookie-parser|express-session|cookie-session|express-rate-limit(?:\.\w+)?|method-override|connect-flash|express-fileupload|passport\.(?:initialize|session|authenticate)|hpp|express-mongo-sanitize|xss-clean|response-time|csurf|pino-http|express-pino-logger|express-winston\.\w+)$/;
const PASSING_NAME =
  /(?:log|logger|logging|error\w*|notfound|cors|limiter|parser|helmet|morgan|session|auth\w*|validat\w*|requestid)(?:middleware|handler)?$/i;

/** Middleware that hands the request on, or refuses it. */
function passesOn(file: ScriptFile, value: SyntaxNode): boolean {
  if (value.type === 'call_expression') {
    const maker = fullName(file, childOf(value, 'function')) ?? '';
    return PASSING.test(maker);
  }
  if (isFunction(value)) return isPassingFunction(file, value);
  const name = plainDotted(file, value);
  return name !== undefined && (PASSING.test(fullName(file, value) ?? '') || PASSING_NAME.test(name));
}

/** A function in place: refuses with an error status, or hands on whatever the path is. */
function isPassingFunction(file: ScriptFile, node: SyntaxNode): boolean {
  const text = textOf(file, node).slice(0, 4000);
  if (/\breply\b/.test(text) && !/\breply\b[^;]{0,200}\.(?:send|redirect|sendFile)\b/.test(text)) return true;
  if (/\.(?:path|url|originalUrl)\b/.test(text) && /\bres\w*\.(?:send|json|end|sendFile)\b/.test(text)) return false;
  if (/\bnext\s*\(/.test(text)) return true;
  return /\b(?:404|500|createError|NOT_FOUND|INTERNAL_SERVER_ERROR)\b/.test(text);
}

const QUIET_CALL =
  /(?:^|\.)(?:createServer|Server|serverless|useContainer|\w*Adapter|SwaggerModule\.createDocument|request|supertest|listen|log|info|initialize|Sentry\.\w+)$/;

/** A router that is handed out, or handed to something that adds no path. */
function isHarmlessUse(file: ScriptFile, parent: SyntaxNode | undefined, around: readonly SyntaxNode[]): boolean {
  if (
    parent === undefined ||
    /^(?:export_statement|export_specifier|return_statement|expression_statement)$/.test(parent.type)
  )
    return true;
  if (parent.type === 'assignment_expression') return /exports\b/.test(textOf(file, childOf(parent, 'left')));
  if (parent.type === 'pair' || parent.type === 'object')
    return around.some(({ type }, index) => type === 'object' && isExported(file, around.slice(index)));
  const call = parent.type === 'arguments' ? around[1] : parent;
  if (call?.type !== 'call_expression' && call?.type !== 'new_expression') return false;
  const callee = unwrap(childOf(call, call.type === 'new_expression' ? 'constructor' : 'function'));
  const name = callee ? textOf(file, callee) : '';
  return QUIET_CALL.test(name) || /\.use$/.test(name);
}
