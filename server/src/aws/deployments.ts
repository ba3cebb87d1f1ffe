// Numbers of rolling deployments, as of 2026-11. Times in seconds.

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html */
export const circuitBreaker = { percent: 50, minimum: 3, maximum: 200 } as const;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
export const deploymentPercent = { minimumHealthy: 100, maximum: 200 } as const;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
export const targetGroup = { interval: 30, unhealthyThreshold: 2, deregistrationDelay: 300 } as const;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
export const containerHealthCheck = { interval: 30, retries: 3, startPeriod: 0 } as const;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
export const stopTimeout = 30;

/** From `soonest` to `latest`. */
export interface Span {
  readonly soonest: number;
  readonly latest: number;
}

/**
 * What AWS does not document, each with the range that published measurements leave. The ranges are fitted to the three
 * measured rollbacks that `docs/forecast.md` names.
 */
export const assumptions = {
  /** From the start of a task to RUNNING: network interface, image pull, start. */
  launch: { soonest: 40, latest: 75 },
  /** From RUNNING to the load balancer's first health check of the new target. */
  registration: { soonest: 10, latest: 30 },
  /** From an event to what the scheduler makes of it. */
  scheduler: { soonest: 10, latest: 30 },
  /** How long the first task of several runs ahead while its image's digest is pinned. */
  digestPinning: { soonest: 30, latest: 75 },
  /** How far into a health check's interval a task becomes reachable, as a share of the interval. */
  checkPhase: { soonest: 0, latest: 1 },
  /** How much of `stopTimeout` a task takes to stop. */
  stopShare: { soonest: 0, latest: 1 },
  /** From the start of a program that crashes to its end. */
  crash: { soonest: 1, latest: 5 },
  /** From the last minute in which an alarm's metric breaches to the alarm, and to what ECS makes of it. */
  alarm: { soonest: 60, latest: 120 },
  /** What throttling adds between the first few tasks that never reach RUNNING; later it grows to 27 minutes. */
  throttle: { soonest: 0, latest: 5 },
} as const satisfies Readonly<Record<string, Span>>;
