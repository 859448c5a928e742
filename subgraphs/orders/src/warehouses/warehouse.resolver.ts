import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import {
  AssumedSize,
  checkInput,
  conflict,
  invalidInput,
  notFound,
  RequiresScopes,
} from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { saveWarehouse } from './save-warehouse.action.js';
import { savedWarehouse } from './warehouse-input.js';
import { SaveWarehouseInput, SaveWarehouseResult, WarehouseType } from './warehouse.type.js';

@Resolver(() => WarehouseType)
export class WarehouseResolver {
  @RequiresScopes([['inventory:read']])
  @AssumedSize(20)
  @Query(() => [WarehouseType], { description: 'Every warehouse, in the order they serve.' })
  warehouses(@Ctx() { loaders }: Context) {
    return loaders.warehouses.load();
  }

  @RequiresScopes([['inventory:write']])
  @Mutation(() => SaveWarehouseResult, { description: 'Open a warehouse or change one.' })
  async saveWarehouse(
    @Arg('input', () => SaveWarehouseInput, { description: 'The warehouse.' }) input: SaveWarehouseInput,
    @Ctx() { deps }: Context,
  ) {
    const checked = checkInput(savedWarehouse, input);
    if (!checked.ok) return checked.problem;
    const outcome = await saveWarehouse(deps, checked.value);
    switch (outcome.kind) {
      case 'saved':
        return { __typename: 'SaveWarehouseSuccess', warehouse: outcome.warehouse };
      case 'not-found':
        return notFound(['input', 'id'], 'There is no such warehouse.');
      case 'changed-meanwhile':
        return conflict(['input', 'expectedVersion'], 'It was changed meanwhile.', outcome.currentVersion);
      case 'code-taken':
        return invalidInput(['input', 'code'], 'Another warehouse has this code.');
    }
  }
}
