// A health check asks for a path that no route of the program serves.

import type { Location } from '../base/text.ts';
import type { TargetGroup } from '../facts/loadBalancing.ts';
import type { ServedRoute } from '../facts/routing.ts';
import { knownValue, type Value } from '../facts/value.ts';
import type { DeployedContainer, Deployment } from '../graph/deployment.ts';
import { loadBalancersOf, servedPort } from '../graph/ports.ts';
import { answerTo } from '../graph/routes.ts';
import { stackExample } from './infrastructureExamples.ts';
import type { DeploymentRule, Finding } from './rule.ts';
import {
  aspnetExample,
  djangoExample,
  flaskExample,
  goExample,
  nestExample,
  railsExample,
  springExample,
} from './servedPathExamples.ts';
import { dockerfilePlace } from './wording.ts';

const asking = (path: string): string =>
  stackExample({ targetGroup: `      TargetType: ip\n      HealthCheckPath: ${path}\n` });

export const healthCheckPathUnserved: DeploymentRule = {
  id: 'health-check-path-unserved',
  group: 'health',
  severity: 'warning',
  summary: 'Every route of the program is in view and none serves the health-check path.',
  why: 'A path without a route is answered with 404, and one that lacks a slash at its end by some frameworks with a redirect. The load balancer takes either for unhealthy, so the tasks of the deployment are stopped and started again until it fails, although the program runs.',
  remedy:
    'Ask for a path that the program serves, or serve the path. Prefixes of the application come before the paths of its parts.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html',
  ],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check(deployment) {
    for (const container of deployment.containers) {
      const { routes } = container;
      const served = servedPort(container);
      if (!routes || !served || container.listens.state !== 'known' || container.listens.ports.length !== 1) continue;
      for (const asked of [
        ...targetPaths(container, deployment, served.port.value),
        ...calledPaths(container, served.port.value),
      ]) {
        const answer = answerTo(routes, asked.path);
        if (!asked.path.startsWith('/') || answer.kind === 'served') continue;
        const isMoved = answer.kind === 'redirected';
        if (isMoved && asked.accepts(answer.status)) continue;
        const [first] = routes;
        yield {
          at: asked.at,
          message: isMoved
            ? `The program sends requests for ${asked.path} to ${answer.path} with status ${answer.status}, which the ${asked.who} takes for unhealthy.`
            : `No route of the program serves ${asked.path}, the path that the ${asked.who} asks for.`,
          related: [
            ...(first ? [{ at: first.at, message: 'The program has other routes.' }] : []),
            ...dockerfilePlace(container),
          ],
          fixes: otherPath(isMoved ? [answer.path] : healthPaths(routes), asked),
        };
      }
    }
  },
  examples: {
    bad: [
      {
        files:
          asking('«/health»') + flaskExample('/healthz').replace('app.route("/healthz")', '«1:app.route("/healthz")»'),
        fixed: asking('/healthz'),
        message: 'No route of the program serves /health, the path that the load balancer asks for.',
      },
      {
        files: `--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "acme/web:1.4.2",
      "portMappings": [{ "containerPort": 8080 }],
      "healthCheck": { "command": ["CMD-SHELL", "wget -q -O - http://localhost:8080«/health» || exit 1"] }
    }
  ]
}
${flaskExample('/').replace('RUN pip', 'RUN apt-get update && apt-get install -y wget\nRUN pip')}`,
        message: 'No route of the program serves /health, the path that the container health check asks for.',
      },
      {
        files: asking('«/health»') + djangoExample('health/'),
        fixed: asking('/health/'),
        message:
          'The program sends requests for /health to /health/ with status 301, which the load balancer takes for unhealthy.',
      },
      {
        files: asking('«/health»') + nestExample("  app.setGlobalPrefix('api');\n"),
        fixed: asking('/api/health'),
        message: 'No route of the program serves /health, the path that the load balancer asks for.',
      },
      { files: asking('«/actuator/health»') + springExample('  servlet:\n    context-path: /shop\n') },
      { files: asking('«/health»') + goExample('\tapi := router.Group("/api")\n\tapi.GET("/health", health)\n') },
      { files: asking('«/»') + railsExample('  get "up" => "rails/health#show"\n') },
      { files: asking('«/health»') + aspnetExample('app.MapHealthChecks("/healthz");\n') },
    ],
    good: [
      asking('/health') + flaskExample('/health'),
      asking('/health') + flaskExample('/<path:anything>'),
      asking('/health/') + djangoExample('health/'),
      asking('/health') + nestExample("  app.setGlobalPrefix('api', { exclude: ['health'] });\n"),
      asking('/actuator/health') + springExample(''),
      asking('/shop/actuator/health') + springExample('  servlet:\n    context-path: ${CONTEXT_PATH}\n'),
      asking('/health') + goExample('\trouter.Use(probe.New("/health"))\n\trouter.GET("/", health)\n'),
      asking('/') + goExample('\trouter.NoRoute(health)\n'),
      asking('/sidekiq/health') + railsExample('  mount Sidekiq::Web => "/sidekiq"\n'),
      asking('/health') + aspnetExample('app.MapGet("/", () => "ok");\napp.MapFallbackToFile("index.html");\n'),
    ],
  },
};

interface Asked {
  readonly path: string;
  readonly at: Location;
  /** `load balancer`. */
  readonly who: string;
  /** Whether a redirect with this status is healthy. */
  readonly accepts: (status: number) => boolean;
  /** Whether a value stands at the place. */
  readonly isWritten: boolean;
}

function targetPaths(container: DeployedContainer, deployment: Deployment, port: number): readonly Asked[] {
  const own = loadBalancersOf(container, deployment);
  return (deployment.infrastructure?.targets ?? []).flatMap(({ balancer, targetGroup }): readonly Asked[] => {
    if (!own.includes(balancer) || knownValue(balancer.containerPort) !== port) return [];
    const { path } = targetGroup.healthCheck;
    if (!asksOverHttp(targetGroup, port)) return [];
    const codes = codesOf(targetGroup) ?? '';
    const asks = { who: 'load balancer', accepts: (status: number) => accepts(codes, status) };
    if (path.state === 'known') return [{ ...asks, path: path.value, at: path.at, isWritten: true }];
    return path.state === 'absent' ? [{ ...asks, path: '/', at: targetGroup.healthCheck.at, isWritten: false }] : [];
  });
}

/** Whether the program's port is asked over HTTP, and 404 is an error. */
function asksOverHttp(targetGroup: TargetGroup, port: number): boolean {
  const { protocol, healthCheck } = targetGroup;
  const own = said(healthCheck.protocol, said(protocol, 'HTTP'));
  const checked = said(healthCheck.port, 'traffic-port');
  const codes = codesOf(targetGroup);
  if (own === undefined || !/^https?$/i.test(own) || codes === undefined || accepts(codes, 404)) return false;
  return knownValue(healthCheck.enabled) !== false && (checked === 'traffic-port' || checked === String(port));
}

function codesOf({ healthCheck }: TargetGroup): string | undefined {
  return said(healthCheck.matcher, '200');
}

/** The value, or what its absence means; undefined where it is not decided. */
function said(value: Value<string>, absent: string | undefined): string | undefined {
  return value.state === 'absent' ? absent : knownValue(value);
}

/** Whether a status is among codes such as `200,404` or `200-499`, or they are not HTTP's. */
function accepts(codes: string, status: number): boolean {
  return codes.split(',').some((part) => {
    const [, low, high] = /^\s*(\d{1,3})(?:-(\d{1,3}))?\s*$/.exec(part) ?? [];
    if (low === undefined) return true;
    return Number(low) <= status && status <= Number(high ?? low);
  });
}

function calledPaths(container: DeployedContainer, port: number): readonly Asked[] {
  return container.healthCheckCalls.flatMap((call): readonly Asked[] =>
    call.path !== undefined && call.port === port
      ? [
          {
            path: call.path,
            at: call.pathAt,
            who: 'container health check',
            // wget follows redirects, and curl takes them for no error.
            accepts: () => true,
            isWritten: call.pathAt !== call.portAt,
          },
        ]
      : [],
  );
}

/** Routes that look made for health checks. */
function healthPaths(routes: readonly ServedRoute[]): readonly string[] {
  const paths = routes.flatMap(({ path, below, anywhere }) =>
    !below && !anywhere && /^[\w/.-]*$/.test(path) && /health|ping|status|alive|ready/i.test(path)
      ? [path.startsWith('/') ? path : `/${path}`]
      : [],
  );
  return [...new Set(paths)];
}

/** The one other path that is surely meant. */
function otherPath([only, second]: readonly string[], { at, isWritten }: Asked): NonNullable<Finding['fixes']> {
  if (!isWritten || only === undefined || second !== undefined) return [];
  return [
    { title: `Ask for ${only}`, kind: 'unsafe', preferred: true, intents: [{ kind: 'replace', at, value: only }] },
  ];
}
