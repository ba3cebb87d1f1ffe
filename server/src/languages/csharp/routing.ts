// The paths of ASP.NET Core programs: attributes of controllers, and what is mapped on the application.
// https://learn.microsoft.com/aspnet/core/mvc/controllers/routing, https://learn.microsoft.com/aspnet/core/fundamentals/routing

import type { SourceFile } from '../../base/text.ts';
import type { Expression } from '../../facts/expression.ts';
import type { Routing } from '../../facts/routing.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { literal, nameExpression, place, textOf } from '../expressions.ts';
import { createRouting, finishRouting, type RoutingReading } from '../routing.ts';
import { calledName, csharpExpression, receiverOf } from './expressions.ts';

type Parts = readonly (Expression | undefined)[];

interface Walk {
  readonly reading: RoutingReading<SourceFile>;
  /** Local names of the application and of groups: what stands before their paths. */
  readonly groups: Map<string, Parts>;
}

export function mayRouteCsharp(text: string): boolean {
  return /\bHttp(?:Get|Post|Put|Patch|Delete)\b|\[Route\b|\.(?:Map|Use)[A-Z]\w*|\bController\b/.test(text);
}

export function readCsharpRouting(file: SourceFile, root: SyntaxNode): Routing {
  const reading = createRouting(file);
  visit({ reading, groups: new Map() }, root);
  if (/\bUseGeneralRoutePrefix\b|\bRoutePrefixConvention\b|\bConventions\.(?:Add|Insert)\(/.test(file.text))
    open(reading, root);
  return finishRouting(reading, file.text);
}

function open({ file, declared }: RoutingReading<SourceFile>, node: SyntaxNode): void {
  declared.push({ parts: [], anywhere: true, below: true, at: place(file, node) });
}

function visit(walk: Walk, node: SyntaxNode): void {
  const { file } = walk.reading;
  switch (node.type) {
    case 'class_declaration':
      readController(walk.reading, node);
      break;
    case 'method_declaration':
      readParameters(walk, node);
      break;
    case 'variable_declarator': {
      const value = node.children.find(({ field }) => field !== 'name');
      const parts = value && groupOf(walk, value);
      const name = childOf(node, 'name');
      if (parts && name) walk.groups.set(textOf(file, name), parts);
      break;
    }
    case 'invocation_expression':
      readCall(walk, node);
      break;
  }
  for (const child of node.children) visit(walk, child);
}

/** `Configure` of a start-up class is given the application itself. */
function readParameters({ reading, groups }: Walk, node: SyntaxNode): void {
  const { file } = reading;
  const isStartup = textOf(file, childOf(node, 'name')) === 'Configure';
  for (const parameter of childOf(node, 'parameters')?.children ?? []) {
    const name = childOf(parameter, 'name');
    if (!name) continue;
    const isApplication = /ApplicationBuilder$|^WebApplication$/.test(textOf(file, childOf(parameter, 'type')));
    if (isApplication && isStartup) groups.set(textOf(file, name), []);
    else groups.delete(textOf(file, name));
  }
}

/** What stands before the paths that are mapped on an expression; undefined where that is not seen. */
function groupOf(walk: Walk, node: SyntaxNode): Parts | undefined {
  const { file } = walk.reading;
  if (node.type === 'identifier') return walk.groups.get(textOf(file, node));
  if (node.type === 'await_expression') return node.children[0] && groupOf(walk, node.children[0]);
  if (node.type !== 'invocation_expression') return undefined;
  const name = calledName(file, node);
  const receiver = receiverOf(node);
  if (name === 'MapGroup') {
    const [first] = argumentsOf(node);
    const before = receiver && groupOf(walk, receiver);
    return before && first && [...before, csharpExpression(file, first)];
  }
  if (/^WebApplication\.Create$/.test(textOf(file, childOf(node, 'function')))) return [];
  if (name === 'Build' && /\bWebApplication\b/.test(file.text)) return [];
  return receiver && CHAINED.test(name) ? groupOf(walk, receiver) : undefined;
}

const CHAINED =
  /^(?:With\w+|RequireAuthorization|AllowAnonymous|AddEndpointFilter|RequireCors|RequireRateLimiting|HasApiVersion)$/;

function argumentsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return (childOf(node, 'arguments')?.children ?? []).flatMap((argument) => argument.children.at(-1) ?? []);
}

const ROUTE = /^Map(?:Get|Post|Put|Delete|Patch|Methods|HealthChecks)$/;
const BELOW =
  /^(?:Map|MapHub|UseHealthChecks|UseHangfireDashboard|MapHangfireDashboard|MapMetrics|UseMetricServer|MapGraphQL|UseGraphQL|UseSwagger|MapSwagger|UseSwaggerUI|UseSwaggerUi|UseSwaggerUi3|UseReDoc|MapOpenApi|UseOpenApi|MapScalarApiReference|UseOpenTelemetryPrometheusScrapingEndpoint|MapPrometheusScrapingEndpoint|UsePathBase|MapIdentityApi)$/;
/** Where the call names no path. */
const usual: Readonly<Record<string, readonly string[]>> = {
  UseSwagger: ['swagger'],
  MapSwagger: ['swagger'],
  UseSwaggerUI: ['swagger'],
  UseSwaggerUi: ['swagger'],
  UseSwaggerUi3: ['swagger'],
  UseReDoc: ['api-docs'],
  MapOpenApi: ['openapi'],
  UseOpenApi: ['swagger'],
  MapScalarApiReference: ['scalar'],
  UseHangfireDashboard: ['hangfire'],
  MapHangfireDashboard: ['hangfire'],
  MapMetrics: ['metrics'],
  UseMetricServer: ['metrics'],
  MapGraphQL: ['graphql'],
  UseGraphQL: ['graphql'],
  UseOpenTelemetryPrometheusScrapingEndpoint: ['metrics'],
  MapPrometheusScrapingEndpoint: ['metrics'],
  MapIdentityApi: [
    'register',
    'login',
    'refresh',
    'confirmEmail',
    'resendConfirmationEmail',
    'forgotPassword',
    'resetPassword',
    'manage',
  ],
};
const QUIET =
  /^(?:MapControllers|MapGroup|MapGrpcService|MapGrpcReflectionService|MapStaticAssets|UseRouting|UseEndpoints|UseAuthentication|UseAuthorization|UseCors|UseHttpsRedirection|UseHsts|UseExceptionHandler|UseDeveloperExceptionPage|UseDatabaseErrorPage|UseMigrationsEndPoint|UseStatusCodePages|UseRateLimiter|UseIpRateLimiting|UseResponseCompression|UseResponseCaching|UseOutputCache|UseForwardedHeaders|UseSession|UseRequestLocalization|UseSerilogRequestLogging|UseHttpLogging|UseAntiforgery|UseWebSockets|UseCookiePolicy|UseHttpMetrics|UseProblemDetails|UseElasticApm|UseAllElasticApm|UseXRay|UseSentryTracing|UseStaticFiles|UseRequestTimeouts|UseApiVersioning|UseHeaderPropagation|UseMvc|UseSerilog|UseUrls|UseKestrel|UseStartup|UseIISIntegration|UseIIS|UseContentRoot|UseWebRoot|UseSetting|UseConfiguration|UseServiceProviderFactory|UseDefaultServiceProvider|UseSentry|UseNpgsql|UseSqlServer|UseSqlite|UseMySql|UseMySQL|UseInMemoryDatabase|UseLazyLoadingProxies|UseSnakeCaseNamingConvention|UseNLog|UseConsoleLifetime|UseWindowsService|UseSystemd|UseEnvironment|UseLoggerFactory|UseQueryTrackingBehavior|UseInternalServiceProvider|UseQuerySplittingBehavior|UseOracle|UseMongoDB|UseCosmos|UseLamar|UseAutofac|UseInlineDefinitionsForEnums|UseAllOfToExtendReferenceSchemas|UseIdentityColumns?|UseIdentityByDefaultColumns|UseHiLo|UseCollation|UseShutdownTimeout|UseStaticWebAssets|UseRazorRuntimeCompilation|UseMemoryCache|UseOpenIddict|MapFrom|MapTo|MapFromQuery|UseRecommendedSerializerSettings|UseSimpleAssemblyNameTypeSerializer|UseSqlServerStorage|UsePostgreSqlStorage|UseMemoryStorage|UseColouredConsoleLogProvider|UseNewtonsoftJson|UseDistributedTracing)$/;
const PASSING_CLASS =
  /(?:Exception|Error|Log|Logger|Logging|Correlation\w*|Auth\w*|Jwt|ApiKey|Tenant|Culture|Localization|Headers?|Security\w*|Timing|Performance|Token|RequestId|Cors|Transaction|UnitOfWork|Claims|Validation)(?:Handler|Handling|Handle)?(?:Middleware)?$/;

/** Of a call, as far as its text is looked at. */
const LONGEST = 4000;

function readCall(walk: Walk, node: SyntaxNode): void {
  const { file, mounts } = walk.reading;
  const name = calledName(file, node);
  const receiver = receiverOf(node);
  if (!receiver || !/^(?:Map|Use|Run$)/.test(name)) return;
  const values = argumentsOf(node);
  const before = groupOf(walk, receiver) ?? (isGiven(walk, receiver) ? [] : undefined);
  const at = place(file, node);
  const type = /^UseMiddleware<([\w.]+)>$/.exec(
    textOf(file, childOf(node, 'function')).slice(-200).replace(/^.*\./s, ''),
  );
  const own = textOf(file, node).slice(0, LONGEST);
  if (ROUTE.test(name) || BELOW.test(name)) readMapped(walk, node, name, before);
  else if (name === 'Run') {
    if (values.some(({ type: kind }) => kind === 'lambda_expression')) open(walk.reading, node);
  } else if (name === 'Use') {
    if (!/\bnext\b[\w.]*\s*\(/.test(own)) open(walk.reading, node);
  } else if (name === 'UseMiddleware') {
    if (!type || !PASSING_CLASS.test(type[1] ?? '')) open(walk.reading, node);
  } else if (name === 'MapFallback' && /404|NotFound/.test(own)) return;
  else if (name === 'UseMvc' ? values.length > 0 : !QUIET.test(name))
    mounts.push({ router: '', target: { call: nameExpression(name, at), argument: 0 }, at });
}

/** The parameter of `app.UseEndpoints(endpoints => …)` of a start-up class. */
function isGiven({ reading: { file } }: Walk, receiver: SyntaxNode): boolean {
  const name = receiver.type === 'identifier' ? textOf(file, receiver) : '';
  return name !== '' && new RegExp(`\\bUseEndpoints\\(\\s*\\(?\\s*${name}\\s*\\)?\\s*=>`).test(file.text);
}

function readMapped({ reading }: Walk, node: SyntaxNode, name: string, before: Parts | undefined): void {
  const { file, declared } = reading;
  const values = argumentsOf(node);
  const at = place(file, node);
  const anywhere = before === undefined;
  const [first] = values;
  const isPath = first !== undefined && first.type !== 'lambda_expression';
  const prefix = /\bRoutePrefix\s*=\s*([^;,}]*)/.exec(textOf(file, node).slice(0, LONGEST))?.[1]?.trim();
  if (prefix !== undefined) {
    // The pages of Swagger stand at the root, or at a path of their own.
    const text = /^"[\w/-]+"$/.test(prefix) ? prefix.slice(1, -1) : undefined;
    const isRoot = /^(?:""|string\.Empty|String\.Empty)$/.test(prefix);
    for (const path of isRoot ? ['', 'index.html', 'swagger'] : [text])
      declared.push({
        parts: [path === undefined ? undefined : literal(path, at)],
        anywhere: path !== '',
        below: path !== '',
        at,
      });
  } else if (isPath && !/^\w+:/.test(textOf(file, first))) {
    declared.push({ parts: [...(before ?? []), csharpExpression(file, first)], anywhere, below: BELOW.test(name), at });
  }
  for (const path of usual[name] ?? []) declared.push({ parts: [literal(path, at)], anywhere: true, below: true, at });
}

interface Attribute {
  readonly name: string;
  /** The first value without a name. */
  readonly template: Expression | undefined;
}

function attributesOf(file: SourceFile, node: SyntaxNode): readonly Attribute[] {
  const lists = node.children.filter(({ type }) => type === 'attribute_list');
  return lists.flatMap(({ children }) =>
    children.flatMap((attribute): readonly Attribute[] => {
      const values = attribute.children.find(({ type }) => type === 'attribute_argument_list')?.children ?? [];
      const first = values
        .map((value) => value.children[0])
        .find((value) => value && value.type !== 'assignment_expression');
      const name = textOf(file, childOf(attribute, 'name'))
        .replace(/^.*\./, '')
        .replace(/Attribute$/, '');
      return [{ name, template: first && csharpExpression(file, first) }];
    }),
  );
}

const VERB = /^(?:Http(?:Get|Post|Put|Patch|Delete|Head|Options)|AcceptVerbs)$/;

function readController({ file, declared }: RoutingReading<SourceFile>, node: SyntaxNode): void {
  const className = textOf(file, childOf(node, 'name'));
  const bases =
    node.children.find(({ type }) => type === 'base_list')?.children.map((base) => textOf(file, base)) ?? [];
  const attributes = attributesOf(file, node);
  const isController = className.endsWith('Controller') || attributes.some(({ name }) => name === 'ApiController');
  if (!isController) return;
  const routes = attributes.filter(({ name }) => name === 'Route').map(({ template }) => template);
  // A class of the program's own may bring the path of its attribute.
  const isOwnBase = bases.some((base) => !/^(?:ControllerBase|Controller|I[A-Z]\w*)(?:<|$)/.test(base));
  const anywhere = routes.length === 0 && isOwnBase;
  const methods = childOf(node, 'body')?.children.filter(({ type }) => type === 'method_declaration') ?? [];
  for (const method of methods) {
    const action = textOf(file, childOf(method, 'name'));
    const own = attributesOf(file, method).filter(({ name }) => name === 'Route' || VERB.test(name));
    const templates = own.flatMap(({ name, template }) => (template || name !== 'Route' ? [template] : []));
    const at = place(file, method);
    const fill = (part: Expression | undefined) => part && filled(part, className, action);
    for (const template of own.length === 0 ? [undefined] : templates) {
      const path = template && fill(template);
      const isRooted = path?.kind === 'literal' && /^~?\//.test(String(path.value));
      if (isRooted)
        declared.push({
          parts: [literal(String(path.value).replace(/^~/, ''), path.at)],
          anywhere: false,
          below: false,
          at,
        });
      else if (routes.length > 0)
        for (const route of routes)
          declared.push({ parts: [fill(route), ...(path ? [path] : [])], anywhere: false, below: false, at });
      else if (path || anywhere) declared.push({ parts: path ? [path] : [], anywhere, below: false, at });
    }
  }
}

/** `api/[controller]/[action]` */
function filled(part: Expression, className: string, action: string): Expression {
  if (part.kind !== 'literal' || typeof part.value !== 'string') return part;
  const text = part.value
    .replace(/\[controller\]/gi, className.replace(/Controller$/, ''))
    .replace(/\[action\]/gi, action.replace(/Async$/, ''))
    .replace(/\[area\]/gi, '{area}');
  return text === part.value ? part : literal(text, part.at);
}
