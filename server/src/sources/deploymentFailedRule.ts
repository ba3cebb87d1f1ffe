// The EventBridge rule that sees deployments fail, as CloudFormation and Terraform write it. Whom it tells is left to a person.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html

import type { Json } from '../base/json.ts';
import { lineEnding } from '../base/text.ts';
import { TARGET_ARN_PLACEHOLDER } from '../facts/edit.ts';

export const deploymentFailedResource: Json = {
  Type: 'AWS::Events::Rule',
  Properties: {
    EventPattern: {
      source: ['aws.ecs'],
      'detail-type': ['ECS Deployment State Change'],
      detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
    },
    Targets: [{ Id: 'notify', Arn: TARGET_ARN_PLACEHOLDER }],
  },
};

/** Blocks to stand behind another one in a Terraform file. */
export function deploymentFailedBlocks(text: string): string {
  const name = freeName(text);
  const blocks = `

resource "aws_cloudwatch_event_rule" "${name}" {
  event_pattern = jsonencode({
    source      = ["aws.ecs"]
    detail-type = ["ECS Deployment State Change"]
    detail      = { eventName = ["SERVICE_DEPLOYMENT_FAILED"] }
  })
}

resource "aws_cloudwatch_event_target" "${name}" {
  rule = aws_cloudwatch_event_rule.${name}.name
  arn  = "${TARGET_ARN_PLACEHOLDER}"
}`;
  return blocks.replaceAll('\n', lineEnding(text));
}

function freeName(text: string): string {
  const taken = new Set([...text.matchAll(/"(deployment_failed\d{0,9})"/g)].map(([, name]) => name));
  let name = 'deployment_failed';
  for (let number = 2; taken.has(name); number++) name = `deployment_failed${number}`;
  return name;
}
