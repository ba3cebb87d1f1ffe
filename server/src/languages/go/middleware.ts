// Which middleware of Go's web frameworks hands requests on, so that it answers no path by itself.

import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { textOf } from '../expressions.ts';
import { fullName, type GoFile, libraryOf, withoutVersion } from './names.ts';

const PASSING_PACKAGE =
  /^(?:github\.com\/(?:gin-gonic\/gin|gin-contrib\/(?:cors|zap|gzip|sessions|requestid|logger|secure|timeout|size|location)|labstack\/echo\/middleware|labstack\/echo-jwt|labstack\/echo-contrib\/(?:echoprometheus|session|jaegertracing)|go-chi\/(?:cors|httplog|jwtauth|httprate|chi\/middleware)|gofiber\/fiber\/middleware\/(?:cors|logger|recover|requestid|limiter|compress|helmet|csrf|session|etag|encryptcookie|timeout|idempotency|adaptor)|gofiber\/contrib\/(?:jwt|otelfiber|fiberzap|fibersentry|fibernewrelic)|gofiber\/jwt|rs\/cors|gorilla\/(?:handlers|csrf)|getsentry\/[\w/-]+|newrelic\/[\w/.-]+|aws\/aws-xray-sdk-go\/[\w/]+|ulule\/limiter[\w/.-]*|didip\/tollbooth[\w/-]*|unrolled\/secure|rs\/zerolog\/hlog|samber\/slog-\w+|ansrivas\/fiberprometheus|appleboy\/gin-jwt|itsjamie\/gin-cors|justinas\/alice|auth0\/[\w/-]+|slok\/go-http-metrics[\w/]*|riandyrn\/otelchi)|go\.opentelemetry\.io\/[\w/.-]+|gopkg\.in\/DataDog\/[\w/.-]+)$/;
/** Of these packages, what answers requests or sends them elsewhere. */
const ANSWERING = /\.(?:Heartbeat|Profiler|Static\w*|Proxy\w*|Rewrite\w*|BasicAuthForRealm)$/;

/** `chi/middleware.Heartbeat("/ping")` answers one path. */
export function heartbeatPath(file: GoFile, node: SyntaxNode): SyntaxNode | undefined {
  const full = node.type === 'call_expression' ? fullName(file, childOf(node, 'function')) : undefined;
  return full?.endsWith('chi/middleware.Heartbeat') ? childOf(node, 'arguments')?.children[0] : undefined;
}

/** Undefined where it depends on a function that is not read here. */
export function passesOn(file: GoFile, node: SyntaxNode): boolean | undefined {
  if (node.type === 'func_literal')
    return /\b[Nn]ext\s*\(|\.ServeHTTP\s*\(/.test(textOf(file, node)) || answersMissing(file, node);
  const callee = node.type === 'call_expression' ? childOf(node, 'function') : node;
  const full = callee && fullName(file, callee);
  const library = callee && libraryOf(file, callee);
  const path = full?.includes('.') ? full.slice(0, full.lastIndexOf('.')) : library && withoutVersion(library);
  if (path === undefined || !PASSING_PACKAGE.test(path)) return undefined;
  return !ANSWERING.test(full ?? '');
}

const MISSING = /404|not_?found/i;

/** A handler of missing pages that says that they are missing. */
export function answersMissing(file: GoFile, handler: SyntaxNode | undefined): boolean {
  return MISSING.test(textOf(file, handler).slice(0, 2000));
}
