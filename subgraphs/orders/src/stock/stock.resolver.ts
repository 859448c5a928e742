import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { connectionFrom, ConnectionArguments, pageOf } from '@storegraph/connection';
import { eventTopic, stockChanged, stockLow, type EventOf } from '@storegraph/events';
import {
  AssumedSize,
  checkInput,
  ConnectionSize,
  notFound,
  Public,
  refuse,
  RequiresScopes,
  requireUser,
  News,
} from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { ProductVariant } from '../references/product-variant.type.js';
import { User } from '../references/user.type.js';
import { idempotencyMismatch } from '../user-errors.type.js';
import { WarehouseType } from '../warehouses/warehouse.type.js';
import { adjustStock } from './adjust-stock.action.js';
import { saveStockSettings } from './save-stock-settings.action.js';
import { LOW_STOCK_LANE } from './stock-announcements.js';
import { mergeStreams } from './stock-streams.js';
import { adjustment, stockSettings, transfer, watchedVariants } from './stock-input.js';
import type { StockLevel, StockMovement } from './stock.js';
import {
  AdjustStockInput,
  AdjustStockResult,
  Availability,
  SaveStockSettingsInput,
  SaveStockSettingsResult,
  StockLevelConnection,
  StockLevelType,
  StockMovementType,
  TransferStockInput,
  TransferStockResult,
} from './stock.type.js';
import { transferStock } from './transfer-stock.action.js';

const noSuchWarehouse = (field: string) => notFound(['input', field], 'There is no such warehouse.');

/** The success of a change, whose level is loaded if it is asked for. */
const changedLevel = (
  typeName: string,
  level: { variantId: string; warehouseId: string },
  loaders: Context['loaders'],
) => ({
  __typename: typeName,
  get level() {
    return loaders.changedLevel.load(level);
  },
});

const tooFew = (field: string, available: number) => ({
  __typename: 'TooFewInWarehouse',
  code: 'OUT_OF_STOCK',
  message: `The warehouse has ${available} that are promised to nobody.`,
  path: ['input', field],
  available,
});

@Resolver(() => StockLevelType)
export class StockResolver {
  @RequiresScopes([['inventory:read']])
  @ConnectionSize()
  @Query(() => StockLevelConnection, { description: 'What runs low, warehouse by warehouse.' })
  async lowStock(@Args(() => ConnectionArguments) args: ConnectionArguments, @Ctx() { loaders }: Context) {
    const { first, after } = pageOf(args, 2);
    const rows = await loaders.lowStock.load({
      first,
      after: after && [String(after[0]), String(after[1])],
    });
    return connectionFrom(rows, { first, after }, (level) => [level.variantId, level.warehouseId]);
  }

  @FieldResolver(() => ProductVariant, { nullable: true, description: 'What it is.' })
  variant(@Root() { variantId }: StockLevel) {
    return { id: variantId };
  }

  @FieldResolver(() => WarehouseType, { description: 'Where it is.' })
  warehouse(@Root() { warehouseId }: StockLevel, @Ctx() { loaders }: Context) {
    return loaders.warehouse.load(warehouseId);
  }

  @FieldResolver(() => Int)
  onHand(@Root() { available, reserved, backordered }: StockLevel) {
    return available + reserved - backordered;
  }

  @FieldResolver(() => Int)
  sellable(@Root() { available, backordered }: StockLevel) {
    return available - backordered;
  }

  @AssumedSize(20)
  @FieldResolver(() => [StockMovementType], { description: 'The newest entries of the book of stock.' })
  movements(
    @Root() level: StockLevel,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many to answer, at most 100.' })
    first: number,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.stockMovements.load(level, pageOf({ first }, 2).first);
  }

  @RequiresScopes([['inventory:write']])
  @Mutation(() => AdjustStockResult, { description: 'Put units on a shelf or take them off.' })
  async adjustStock(
    @Arg('input', () => AdjustStockInput, { description: 'The adjustment.' }) input: AdjustStockInput,
    @Ctx() { deps, loaders, viewer }: Context,
  ) {
    const checked = checkInput(adjustment, input);
    if (!checked.ok) return checked.problem;
    const outcome = await adjustStock(deps, { ...checked.value, byId: requireUser(viewer).id });
    switch (outcome.kind) {
      case 'adjusted':
        return changedLevel('AdjustStockSuccess', outcome, loaders);
      case 'no-such-warehouse':
        return noSuchWarehouse('warehouseId');
      case 'too-few':
        return tooFew('delta', outcome.available);
      case 'key-mismatch':
        return idempotencyMismatch();
    }
  }

  @RequiresScopes([['inventory:write']])
  @Mutation(() => TransferStockResult, { description: 'Move units from one warehouse to another.' })
  async transferStock(
    @Arg('input', () => TransferStockInput, { description: 'The transfer.' }) input: TransferStockInput,
    @Ctx() { deps, loaders, viewer }: Context,
  ) {
    const checked = checkInput(transfer, input);
    if (!checked.ok) return checked.problem;
    const outcome = await transferStock(deps, { ...checked.value, byId: requireUser(viewer).id });
    switch (outcome.kind) {
      case 'transferred':
        return {
          __typename: 'TransferStockSuccess',
          get from() {
            return loaders.changedLevel.load({ ...outcome, warehouseId: outcome.fromWarehouseId });
          },
          get to() {
            return loaders.changedLevel.load({ ...outcome, warehouseId: outcome.toWarehouseId });
          },
        };
      case 'no-such-warehouse':
        return noSuchWarehouse(outcome.which);
      case 'too-few':
        return tooFew('quantity', outcome.available);
      case 'key-mismatch':
        return idempotencyMismatch();
    }
  }

  @RequiresScopes([['inventory:write']])
  @Mutation(() => SaveStockSettingsResult, { description: 'Decide how a warehouse sells a variant.' })
  async saveStockSettings(
    @Arg('input', () => SaveStockSettingsInput, { description: 'The settings.' })
    input: SaveStockSettingsInput,
    @Ctx() { deps, loaders }: Context,
  ) {
    const checked = checkInput(stockSettings, input);
    if (!checked.ok) return checked.problem;
    const outcome = await saveStockSettings(deps, checked.value);
    return outcome.kind === 'saved'
      ? changedLevel('SaveStockSettingsSuccess', outcome, loaders)
      : noSuchWarehouse('warehouseId');
  }

  @Public()
  @News()
  @Subscription(() => ProductVariant, {
    nullable: true,
    description: 'Each of the variants whenever more or fewer of it can be bought; at most 50 variants.',
    subscribe: ({ args, context }) => {
      const ids = watchedVariants.safeParse(args['variantIds']);
      if (!ids.success) return refuse('BAD_USER_INPUT', 'Name 1 to 50 variants.', { field: 'variantIds' });
      const { pubsub } = (context as Context).deps;
      return mergeStreams(ids.data.map((id) => pubsub.subscribe(eventTopic(stockChanged.type, id))));
    },
  })
  stockChanged(
    @Arg('variantIds', () => [ID], { description: 'The variants.' }) _variantIds: string[],
    @Root() event: EventOf<typeof stockChanged>,
  ) {
    return { id: event.data.variantId };
  }

  @RequiresScopes([['inventory:read']])
  @News()
  @Subscription(() => ProductVariant, {
    nullable: true,
    description: 'Each variant that falls to its low-stock threshold.',
    subscribe: ({ context }) =>
      (context as Context).deps.pubsub.subscribe(eventTopic(stockLow.type, LOW_STOCK_LANE)),
  })
  lowStockAlert(@Root() event: EventOf<typeof stockLow>) {
    return { id: event.data.variantId };
  }
}

@Resolver(() => StockMovementType)
export class StockMovementResolver {
  @FieldResolver(() => User, { nullable: true, description: 'Who did it, if somebody did it by hand.' })
  by(@Root() { byId }: StockMovement) {
    return byId ? { id: byId } : null;
  }
}

@Resolver(() => ProductVariant)
export class VariantStockResolver {
  @FieldResolver(() => Availability, { nullable: true, description: 'Whether it can be bought now.' })
  availability(@Root() { id }: ProductVariant, @Ctx() { loaders }: Context) {
    return loaders.availability.load(id);
  }

  @RequiresScopes([['inventory:read']])
  @AssumedSize(20)
  @FieldResolver(() => [StockLevelType], {
    nullable: true,
    description: 'What each warehouse has of it, in the order they serve.',
  })
  stockLevels(@Root() { id }: ProductVariant, @Ctx() { loaders }: Context) {
    return loaders.stockLevels.load(id);
  }
}
