import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '@storegraph/connection';
import { CacheControl, resultUnion } from '@storegraph/subgraph-server';
import { IdempotencyMismatch, InvalidInput, NotFound, UserError } from '../user-errors.type.js';
import { StockMovementKind } from './stock.js';

registerEnumType(StockMovementKind, {
  name: 'StockMovementKind',
  description: 'Why the stock of something changed.',
  valuesConfig: {
    IMPORTED: { description: 'An import counted it.' },
    ADJUSTED: { description: 'Staff put some in or took some out.' },
    TRANSFERRED: { description: 'It went from one warehouse to another.' },
    RESERVED: { description: 'A checkout holds it.' },
    RELEASED: { description: 'A checkout holds it no longer.' },
    SOLD: { description: 'What a checkout held was paid for.' },
    RESTOCKED: { description: 'It was sold and came back.' },
  },
});

@CacheControl({ maxAge: 5 })
@ObjectType({ description: 'Whether something can be bought now.' })
export class Availability {
  @Field(() => Int, { description: 'How many can be sold; negative when more were sold than there are.' })
  sellable!: number;

  @Field(() => Boolean, { description: 'Whether it can be bought now.' })
  inStock!: boolean;

  @Field(() => Boolean, { description: 'Whether only few are left.' })
  lowStock!: boolean;

  @Field(() => Boolean, { description: 'Whether it can be bought though none is left.' })
  backorderable!: boolean;

  @Field(() => Date, { nullable: true, description: 'When more are expected.' })
  restockAt!: Date | null;

  @Field(() => Date, { description: 'When this was so.' })
  asOf!: Date;
}

@ObjectType('StockMovement', { description: 'One entry of the book of stock.' })
export class StockMovementType {
  @Field(() => ID, { description: 'Identifies the entry.' })
  id!: string;

  @Field(() => StockMovementKind, { description: 'Why the stock changed.' })
  kind!: StockMovementKind;

  @Field(() => Int, { description: 'Units; negative when they left.' })
  delta!: number;

  @Field(() => String, { nullable: true, description: 'What staff noted.' })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'What caused it, such as an order.' })
  reference!: string | null;

  @Field(() => Date, { description: 'When it happened.' })
  at!: Date;
}

@ObjectType('StockLevel', { description: 'What one warehouse has of one variant.' })
export class StockLevelType {
  @Field(() => Int, { description: 'In the warehouse and not paid for, held ones included.' })
  onHand!: number;

  @Field(() => Int, { description: 'Held for checkouts that have yet to be paid.' })
  reserved!: number;

  @Field(() => Int, { description: 'Paid for so far.' })
  sold!: number;

  @Field(() => Int, { description: 'Can be sold now; negative when more were sold than there are.' })
  sellable!: number;

  @Field(() => Int, { description: 'So few, or fewer, are few.' })
  lowStockThreshold!: number;

  @Field(() => Boolean, { description: 'Whether it is sold though none is left.' })
  backorderable!: boolean;

  @Field(() => Date, { nullable: true, description: 'When more are expected.' })
  restockAt!: Date | null;

  @Field(() => Date, { description: 'When it last changed.' })
  updatedAt!: Date;
}

export const { ConnectionType: StockLevelConnection } = connectionType(() => StockLevelType, {
  name: 'StockLevel',
  of: 'stock levels',
});

@InputType({ description: 'Units put in a warehouse or taken out of it.' })
export class AdjustStockInput {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;

  @Field(() => ID, { description: 'The warehouse.' })
  warehouseId!: string;

  @Field(() => Int, { description: 'Units to add; negative to take away.' })
  delta!: number;

  @Field(() => String, { description: 'Why, for the book of stock.' })
  reason!: string;

  @Field(() => ID, { description: 'A key of your choice; give it again to repeat safely.' })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The stock was adjusted.' })
export class AdjustStockSuccess {
  @Field(() => StockLevelType, { description: 'What the warehouse has now.' })
  level!: StockLevelType;
}

@ObjectType({ implements: UserError, description: 'The warehouse has fewer that are promised to nobody.' })
export class TooFewInWarehouse extends UserError {
  @Field(() => Int, { description: 'How many it has.' })
  available!: number;
}

export const AdjustStockResult = resultUnion({
  name: 'AdjustStockResult',
  description: 'What became of adjusting stock.',
  types: () => [AdjustStockSuccess, TooFewInWarehouse, NotFound, IdempotencyMismatch, InvalidInput] as const,
});

@InputType({ description: 'Units that go from one warehouse to another.' })
export class TransferStockInput {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;

  @Field(() => ID, { description: 'The warehouse they leave.' })
  fromWarehouseId!: string;

  @Field(() => ID, { description: 'The warehouse they go to.' })
  toWarehouseId!: string;

  @Field(() => Int, { description: 'How many.' })
  quantity!: number;

  @Field(() => String, { nullable: true, description: 'Why, for the book of stock.' })
  reason?: string | null;

  @Field(() => ID, { description: 'A key of your choice; give it again to repeat safely.' })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The units are in the other warehouse.' })
export class TransferStockSuccess {
  @Field(() => StockLevelType, { description: 'What the first warehouse has now.' })
  from!: StockLevelType;

  @Field(() => StockLevelType, { description: 'What the second warehouse has now.' })
  to!: StockLevelType;
}

export const TransferStockResult = resultUnion({
  name: 'TransferStockResult',
  description: 'What became of a transfer between warehouses.',
  types: () =>
    [TransferStockSuccess, TooFewInWarehouse, NotFound, IdempotencyMismatch, InvalidInput] as const,
});

@InputType({ description: 'How a warehouse sells a variant.' })
export class SaveStockSettingsInput {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;

  @Field(() => ID, { description: 'The warehouse.' })
  warehouseId!: string;

  @Field(() => Int, { defaultValue: 5, description: 'So few, or fewer, are few.' })
  lowStockThreshold!: number;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether to sell it though none is left.' })
  backorderable!: boolean;

  @Field(() => Date, { nullable: true, description: 'When more are expected.' })
  restockAt?: Date | null;
}

@ObjectType({ description: 'The settings were saved.' })
export class SaveStockSettingsSuccess {
  @Field(() => StockLevelType, { description: 'What the warehouse has, and how it sells it.' })
  level!: StockLevelType;
}

export const SaveStockSettingsResult = resultUnion({
  name: 'SaveStockSettingsResult',
  description: 'What became of saving how a variant is sold.',
  types: () => [SaveStockSettingsSuccess, NotFound, InvalidInput] as const,
});
