// ecspresso: its configuration beside the JSON that it registers. The service's name stands in the configuration.
// https://github.com/kayac/ecspresso#configuration-file

import { CLUSTER, json, type Model, type Texts } from '../model.ts';
import { serviceInput, taskDefinitionInput } from './json.ts';

export function ecspresso(model: Model): Texts {
  const { serviceName: _, cluster: __, taskDefinition: ___, ...service } = serviceInput(model);
  return {
    'ecspresso.yml': [
      'region: eu-west-1',
      `cluster: ${CLUSTER}`,
      `service: ${model.service.serviceName}`,
      'task_definition: ecs-task-def.json',
      'service_definition: ecs-service-def.json',
      '',
    ].join('\n'),
    'ecs-task-def.json': json(taskDefinitionInput(model)),
    'ecs-service-def.json': json(service),
  };
}
