// Small workspaces of one task definition, some Dockerfiles and a workflow, to see which Dockerfile is linked.

import type { DeployedContainer } from '../../server/src/graph/deployment.ts';
import { analyze, pathOf, uriOf } from '../rules/workspace.ts';

export interface Container {
  readonly name: string;
  readonly image: string;
}

interface Task {
  /** `shop` where nothing is said. */
  readonly family?: string;
  readonly containers: readonly Container[];
}

export interface Row extends Task {
  readonly name: string;
  readonly dockerfiles: readonly string[];
  readonly workflow?: string;
  /** Where the task definition stands, and where others do. */
  readonly file?: string;
  readonly others?: Readonly<Record<string, Task>>;
  /** The Dockerfile of each container. */
  readonly expected: readonly (string | undefined)[];
}

function taskDefinition({ family = 'shop', containers }: Task): string {
  return JSON.stringify({ family, networkMode: 'awsvpc', containerDefinitions: containers });
}

export async function deploy(row: Omit<Row, 'name' | 'expected'>): Promise<readonly DeployedContainer[]> {
  const { file = 'ecs/task-definition.json', others = {} } = row;
  const files = new Map([[file, taskDefinition(row)]]);
  for (const [path, task] of Object.entries(others)) files.set(path, taskDefinition(task));
  for (const path of row.dockerfiles) files.set(path, 'FROM node:22-alpine\nCMD ["node", "server.js"]\n');
  if (row.workflow !== undefined) files.set('.github/workflows/deploy.yml', row.workflow);
  const host = await analyze(files);
  const own = host.deployments().filter(({ deployment }) => deployment.taskDefinition?.at.uri === uriOf(file));
  return own.flatMap(({ deployment }) => deployment.containers);
}

export function workflow(steps: string): string {
  return `on: push
env:
  REGISTRY: \${{ secrets.REGISTRY }}
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
${steps.replace(/^/gm, '      ').trimEnd()}
`;
}

export const build = (tag: string, folder: string): string => `- run: docker build -t ${tag} ${folder}\n`;

export const render = (
  container: string,
  image: string,
): string => `- uses: aws-actions/amazon-ecs-render-task-definition@v1
  with:
    task-definition: ecs/task-definition.json
    container-name: ${container}
    image: ${image}
`;

export const ecr = (name: string): string => `1.dkr.ecr.eu-west-1.amazonaws.com/${name}:1`;

/** The Dockerfile of each container. */
export async function linked(row: Row): Promise<readonly (string | undefined)[]> {
  const containers = await deploy(row);
  return containers.map((container) => container.dockerfile && pathOf(container.dockerfile.uri));
}
