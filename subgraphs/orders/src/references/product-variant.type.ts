import { Field, ID, ObjectType } from 'type-graphql';
import { Key } from '@storegraph/subgraph-server';

@Key('id')
@ObjectType({ description: 'A variant of a product, as orders know it: something there is a stock of.' })
export class ProductVariant {
  @Field(() => ID, { description: 'Identifies the variant.' })
  id!: string;
}
