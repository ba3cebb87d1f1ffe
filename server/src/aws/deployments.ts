// Numbers of rolling deployments, as of 2026-11. Times in seconds.

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html */
export const circuitBreaker = { percent: 50, minimum: 3, maximum: 200 } as const;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
export const deploymentPercent = { minimumHealthy: 100, maximum: 200 } as const;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
export const targetGroup = { interval: 30, unhealthyThreshold: 2, deregistrationDelay: 300 } as const;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
export const containerHealthCheck = { interval: 30, retries: 3, startPeriod: 0 } as const;

/** Not documented by AWS; from published measurements of Fargate tasks and of the scheduler. */
export const assumed = {
  /** From the start of a task to RUNNING. */
  launch: { low: 20, high: 75 },
  /** From an event to the scheduler's answer. */
  scheduler: { low: 15, high: 30 },
} as const;
