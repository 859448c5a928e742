import { Field, ID, ObjectType } from 'type-graphql';
import { Key } from '@storegraph/subgraph-server';

@Key('id')
@ObjectType({
  description: 'A variant of a product, as media knows it: something with a picture of its own.',
})
export class ProductVariant {
  @Field(() => ID, { description: 'Identifies the variant.' })
  id!: string;
}
