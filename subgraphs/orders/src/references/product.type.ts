import { Field, ID, ObjectType } from 'type-graphql';
import { Key } from '@storegraph/subgraph-server';

@Key('id', { resolvable: false })
@ObjectType({ description: 'A product, as orders know it: something people buy variants of.' })
export class Product {
  @Field(() => ID, { description: 'Identifies the product.' })
  id!: string;
}
