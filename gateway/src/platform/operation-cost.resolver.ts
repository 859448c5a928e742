import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { Cost, Json, Public } from '@storegraph/subgraph-server';
import { spenderOf } from '../limits/spender.js';
import { OperationCost } from './operation-cost.type.js';
import type { PlatformContext } from './platform-context.js';

@Resolver()
export class OperationCostResolver {
  @Public()
  @Cost(5)
  @Query(() => OperationCost, {
    description:
      'What an operation would cost you, without running it. Client developers try their queries here.',
  })
  async operationCost(
    @Arg('query', () => String, { description: 'The GraphQL document.' }) query: string,
    @Arg('operationName', () => String, { nullable: true, description: 'Which of several operations in it.' })
    operationName: string | null,
    @Arg('variables', () => Json, { nullable: true, description: 'An object: its values by variable name.' })
    variables: unknown,
    @Ctx() { quoteOperation, viewer, device }: PlatformContext,
  ): Promise<OperationCost> {
    const quote = await quoteOperation(
      { query, operationName: operationName ?? undefined, variables: asVariables(variables) },
      spenderOf({ viewer, device }),
    );
    return { ...quote, isAffordable: quote.requested <= quote.budget };
  }
}

function asVariables(given: unknown): Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given)
    ? (given as Record<string, unknown>)
    : {};
}
