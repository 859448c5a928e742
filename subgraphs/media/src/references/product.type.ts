import { Field, ID, ObjectType } from 'type-graphql';
import { Key } from '@storegraph/subgraph-server';

@Key('id')
@ObjectType({ description: 'A product, as media knows it: something that is shown.' })
export class Product {
  @Field(() => ID, { description: 'Identifies the product.' })
  id!: string;
}
