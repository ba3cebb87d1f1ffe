// A pipeline pushes an image and starts the old task definition again.

import type { PipelineDeploy } from '../facts/pipeline.ts';
import { wholePipelines } from './pushedImages.ts';
import type { FileRule } from './rule.ts';

export const pipelineReusesTaskDefinition: FileRule = {
  id: 'pipeline-reuses-task-definition',
  group: 'pipeline',
  severity: 'warning',
  summary: 'A pipeline pushes an image and forces a new deployment without registering a task definition.',
  why: 'The new deployment runs the revision that ran before: only where its image is a moving tag do its tasks start the new build at all. What changed in the task definition, such as a port, a variable or a health check, is not deployed with the program that needs it, and no revision says which image ran when.',
  remedy:
    'Write the new image into the task definition, register it, and update the service to that revision: `amazon-ecs-render-task-definition` and `amazon-ecs-deploy-task-definition` do so in a GitHub workflow, `aws ecs register-task-definition` and `aws ecs update-service --task-definition` in a script.',
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html',
    'https://docs.aws.amazon.com/cli/latest/reference/ecs/update-service.html',
    'https://github.com/aws-actions/amazon-ecs-deploy-task-definition',
  ],
  fixKinds: [],
  subject: 'file',
  *check(file) {
    for (const pipeline of wholePipelines(file)) {
      const { builds, renders, registrations, deploys } = pipeline;
      const build = builds.find(({ pushes }) => pushes);
      if (!build || renders.length + registrations.length > 0 || deploys.some(registers)) continue;
      for (const { forceNewDeployment } of deploys) {
        if (forceNewDeployment.state !== 'known' || !forceNewDeployment.value) continue;
        yield {
          at: forceNewDeployment.at,
          message: `The pipeline pushes an image and forces a new deployment, but registers no task definition.`,
          related: [{ at: build.at, message: 'The image is built here.' }],
        };
      }
    }
  },
  examples: {
    bad: [
      {
        files: `--- .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: |
          «1:docker build -t 123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:$GITHUB_SHA .»
          docker push 123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:$GITHUB_SHA
      - run: |
          aws ecs update-service --cluster main --service web «--force-new-deployment»
          aws ecs wait services-stable --cluster main --services web
`,
        message: 'The pipeline pushes an image and forces a new deployment, but registers no task definition.',
      },
    ],
    good: [
      `--- .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: |
          docker build -t 123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:$GITHUB_SHA .
          docker push 123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:$GITHUB_SHA
      - run: |
          sed "s/IMAGE_TAG/$GITHUB_SHA/" template.json > rendered.json
          aws ecs register-task-definition --cli-input-json file://rendered.json
          aws ecs update-service --cluster main --service web --task-definition web --force-new-deployment
          aws ecs wait services-stable --cluster main --services web
`,
    ],
  },
};

/** Whether a step deploys a revision of its own: a family's name alone means the revision that is there already. */
function registers({ taskDefinition }: PipelineDeploy): boolean {
  if (taskDefinition.state !== 'dynamic') return taskDefinition.state !== 'absent';
  return !/^[A-Za-z0-9_-]+(?::\d+)?$/.test(taskDefinition.text);
}
