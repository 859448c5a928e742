import { Ctx, Query, Resolver } from 'type-graphql';
import { AssumedSize, RequiresScopes } from '@storegraph/subgraph-server';
import type { PlatformContext } from './platform-context.js';
import { ServiceStatus } from './service-status.type.js';

@Resolver()
export class ServiceStatusResolver {
  @RequiresScopes([['platform:read']])
  @AssumedSize(10)
  @Query(() => [ServiceStatus], { description: 'How each part of the shop is doing right now. For staff.' })
  serviceStatus(@Ctx() { checkServices }: PlatformContext): Promise<ServiceStatus[]> {
    return checkServices();
  }
}
