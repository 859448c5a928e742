import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CountryCode, Key, NodeType, resultUnion } from '@storegraph/subgraph-server';
import { Conflict, InvalidInput, NotFound } from '../user-errors.type.js';

@Key('id')
@ObjectType('Warehouse', { implements: NodeType, description: 'A place stock is kept in and sent from.' })
export class WarehouseType extends NodeType {
  @Field(() => String, { description: 'What staff call it: `BER-1`.' })
  code!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => CountryCode, { description: 'The country it stands in.' })
  country!: string;

  @Field(() => Int, { description: 'Orders are served from the warehouse with the lowest number first.' })
  priority!: number;

  @Field(() => Boolean, { description: 'Whether what it holds can be sold.' })
  active!: boolean;

  @Field(() => Boolean, { description: 'Whether imports count their stock here.' })
  isDefault!: boolean;

  @Field(() => Int, { description: 'Grows with every change.' })
  version!: number;
}

@InputType({ description: 'A warehouse as it shall be.' })
export class SaveWarehouseInput {
  @Field(() => ID, { nullable: true, description: 'Which one to change; without it a new one is opened.' })
  id?: string | null;

  @Field(() => String, { description: 'What staff call it: 2 to 20 letters, digits and dashes.' })
  code!: string;

  @Field(() => String, { description: 'Its name, at most 200 characters.' })
  name!: string;

  @Field(() => String, { description: 'The country it stands in, as its code of two letters.' })
  country!: string;

  @Field(() => Int, { defaultValue: 100, description: 'Lower numbers serve first.' })
  priority!: number;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether what it holds can be sold.' })
  active!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether imports count their stock here.' })
  isDefault!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'The version you looked at; refused when it has changed.',
  })
  expectedVersion?: number | null;
}

@ObjectType({ description: 'The warehouse was saved.' })
export class SaveWarehouseSuccess {
  @Field(() => WarehouseType, { description: 'As it is now.' })
  warehouse!: WarehouseType;
}

export const SaveWarehouseResult = resultUnion({
  name: 'SaveWarehouseResult',
  description: 'What became of saving a warehouse.',
  types: () => [SaveWarehouseSuccess, InvalidInput, NotFound, Conflict] as const,
});
