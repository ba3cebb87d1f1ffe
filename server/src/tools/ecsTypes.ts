// The requests and descriptions of the ECS API that people keep in files. `ecsSchemas.ts` reads this file's types.

import type {
  CreateServiceRequest,
  RegisterTaskDefinitionRequest,
  Service,
  TaskDefinition,
  UpdateServiceRequest,
} from '@aws-sdk/client-ecs';

export interface EcsTypes {
  readonly registeredTaskDefinition: RegisterTaskDefinitionRequest;
  readonly describedTaskDefinition: TaskDefinition;
  readonly createdService: CreateServiceRequest;
  readonly updatedService: UpdateServiceRequest;
  readonly describedService: Service;
}
