// The story of nine o'clock in the formats of infrastructure code: where its wrong port stands, and which files one press mends.

export interface Story {
  /** A folder of `test/workspaces`. */
  readonly workspace: string;
  /** Where the wrong port is found. */
  readonly wrong: string;
  readonly mended: readonly string[];
  /** The service that has no circuit breaker; undefined where the tool sees to it. */
  readonly service: string | undefined;
}

export const stories: readonly Story[] = [
  {
    workspace: 'nine-am-cloudformation',
    wrong: 'infra/service.yaml',
    mended: ['Dockerfile', 'infra/service.yaml'],
    service: 'infra/service.yaml',
  },
  {
    workspace: 'nine-am-terraform',
    wrong: 'infra/variables.tf',
    mended: ['Dockerfile', 'infra/ecs.tf', 'infra/variables.tf'],
    service: 'infra/ecs.tf',
  },
  {
    workspace: 'nine-am-cdk',
    wrong: 'infra/bin/infra.ts',
    mended: ['Dockerfile', 'infra/bin/infra.ts', 'infra/lib/flask-app-stack.ts'],
    service: 'infra/lib/flask-app-stack.ts',
  },
  {
    workspace: 'nine-am-cdk-python',
    wrong: 'infra/app.py',
    mended: ['Dockerfile', 'infra/app.py'],
    service: 'infra/flask_app/stack.py',
  },
  {
    workspace: 'nine-am-copilot',
    wrong: 'copilot/flask-app/manifest.yml',
    mended: ['Dockerfile', 'copilot/flask-app/manifest.yml'],
    service: undefined,
  },
];
