// The paths that the controllers of NestJS programs declare, and what is said to the application about them.
// https://docs.nestjs.com/controllers

import type { Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { literal, place, textOf } from '../expressions.ts';
import type { RoutingReading } from '../routing.ts';
import { scriptExpression } from './expressions.ts';
import { argumentsOf, fullName, type ScriptFile, unwrap } from './names.ts';
import { propertyNode } from './objects.ts';

type Reading = RoutingReading<ScriptFile>;

const HANDLER = /^@nestjs\/common\.(?:Get|Post|Put|Patch|Delete|All|Options|Head|Search|Sse)$/;
/** Decorators of the program's own that may hold one of these. */
const MAY_HANDLE = /(?:Get|Route|Endpoint|Rest|Handler)/;

export function readControllers(reading: Reading, root: SyntaxNode): void {
  const { file, declared } = reading;
  if (!file.text.includes('@nestjs/')) return;
  // Decorators of compiled files are calls.
  if (/\b__?(?:ts_)?decorate\b/.test(file.text))
    declared.push({ parts: [], anywhere: true, below: true, at: place(file, root) });
  for (const node of root.children) {
    const declaration = childOf(node, 'declaration') ?? node;
    const body = /^(?:abstract_)?class_declaration$/.test(declaration.type) ? childOf(declaration, 'body') : undefined;
    if (body) readClass(reading, [...decoratorsOf(node), ...decoratorsOf(declaration)], declaration, body);
  }
}

function decoratorsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter(({ type }) => type === 'decorator');
}

function readClass(
  reading: Reading,
  decorators: readonly SyntaxNode[],
  declaration: SyntaxNode,
  body: SyntaxNode,
): void {
  const { file, declared } = reading;
  const controller = decorators.find((node) => nameOf(file, node) === '@nestjs/common.Controller');
  const own = controller ? pathsOf(file, controller) : [undefined];
  const inherits = declaration.children.some(
    ({ type, children }) => type === 'class_heritage' && children.some((part) => part.type === 'extends_clause'),
  );
  // Of a base class from a package, or a decorator that adds handlers.
  const isOpen = inherits || decorators.some((node) => /Crud/.test(nameOf(file, node) ?? ''));
  if (controller && isOpen)
    for (const path of own) declared.push({ parts: [path], anywhere: false, below: true, at: place(file, controller) });
  let pending: SyntaxNode[] = [];
  for (const member of body.children) {
    if (member.type === 'decorator') pending.push(member);
    else {
      for (const decorator of pending) readHandler(reading, decorator, own, controller === undefined);
      pending = [];
    }
  }
}

function readHandler(
  { file, declared }: Reading,
  decorator: SyntaxNode,
  prefixes: readonly (Expression | undefined)[],
  anywhere: boolean,
): void {
  const name = nameOf(file, decorator) ?? '';
  const isHandler = HANDLER.test(name);
  if (!isHandler && (name.startsWith('@nestjs/') || !MAY_HANDLE.test(name))) return;
  const at = place(file, decorator);
  const paths = isHandler ? pathsOf(file, decorator) : [];
  for (const prefix of prefixes) {
    if (!isHandler) declared.push({ parts: [prefix], anywhere, below: true, at });
    for (const path of paths) declared.push({ parts: [prefix, path], anywhere, below: false, at });
  }
}

function nameOf(file: ScriptFile, decorator: SyntaxNode): string | undefined {
  const [value] = decorator.children;
  return fullName(file, value?.type === 'call_expression' ? childOf(value, 'function') : value);
}

/** `'users'`, `['a', 'b']`, `{ path: 'users', version: '1' }`, or nothing. */
function pathsOf(file: ScriptFile, decorator: SyntaxNode): readonly (Expression | undefined)[] {
  const [call] = decorator.children;
  const first = call?.type === 'call_expression' ? unwrap(argumentsOf(call)[0]) : undefined;
  const at = place(file, decorator);
  if (!first) return [literal('', at)];
  if (first.type === 'object') {
    const path = propertyNode(file, first, 'path');
    // A version moves the controller only where versions are in use.
    if (!path) return [first.children.some(({ type }) => type === 'spread_element') ? undefined : literal('', at)];
    return listed(file, path);
  }
  return listed(file, first);
}

function listed(file: ScriptFile, node: SyntaxNode): readonly Expression[] {
  return (node.type === 'array' ? node.children : [node]).map((item) => scriptExpression(file, item));
}

const QUIET_METHOD =
  /^(?:useGlobal(?:Pipes|Filters|Interceptors|Guards)|enableCors|useLogger|enableShutdownHooks|useWebSocketAdapter|connectMicroservice|startAllMicroservices(?:Async)?|getUrl|init|flushLogs|useBodyParser|setBaseViewsDir|setViewEngine|setLocal|resolve|select|listenAsync|getHttpServer|getMicroservices)$/;

/** False for methods that NestJS has in common with others. */
export function readNestCall(
  { file, routers, routes, declared }: Reading,
  router: string,
  method: string,
  call: SyntaxNode,
  around: readonly SyntaxNode[],
): boolean {
  if (QUIET_METHOD.test(method)) return true;
  const own = routers.get(router);
  if (own?.framework !== 'nest') return false;
  const [first, second] = argumentsOf(call);
  const at = place(file, call);
  const isConditional = around.some(({ type }) => type === 'if_statement');
  if (method === 'setGlobalPrefix' && first) {
    const prefix = scriptExpression(file, first);
    const isOpen = isConditional || second !== undefined || own.prefix !== undefined;
    routers.set(router, { ...own, prefix, ...(isOpen && { anywhere: true }) });
    return true;
  }
  if (method === 'enableVersioning') {
    if (!/\b(?:HEADER|MEDIA_TYPE)\b/.test(textOf(file, first))) routers.set(router, { ...own, anywhere: true });
    return true;
  }
  if (method === 'useStaticAssets') {
    const options = [first, second].find((node) => node?.type === 'object');
    const prefix = options && propertyNode(file, options, 'prefix');
    routes.push({ router, ...(prefix && { path: scriptExpression(file, prefix) }), below: true, at });
    return true;
  }
  if (method !== 'use' || first?.type !== 'string' || !second) return false;
  // Unlike Express's, a path in place has no slash at its beginning.
  declared.push({ parts: [scriptExpression(file, first)], anywhere: true, below: true, at });
  return true;
}

/** `SwaggerModule.setup('docs', app, document)`: the pages below its path. */
export function readSwagger({ file, declared }: Reading, call: SyntaxNode): boolean {
  if (fullName(file, childOf(call, 'function')) !== '@nestjs/swagger.SwaggerModule.setup') return false;
  const [first] = argumentsOf(call);
  const at = place(file, call);
  declared.push({ parts: [first && scriptExpression(file, first)], anywhere: true, below: true, at });
  return true;
}
