import { Field, ID, ObjectType } from 'type-graphql';
import { Key } from '@storegraph/subgraph-server';

@Key('id')
@ObjectType({ description: 'A seller, as reviews know them: whoever sells rated products.' })
export class Seller {
  @Field(() => ID, { description: 'Identifies the seller.' })
  id!: string;
}
