import { Field, ID, ObjectType } from 'type-graphql';
import { Key } from '@storegraph/subgraph-server';

@Key('id')
@ObjectType({ description: 'A seller, as the catalog knows them: whoever offers products.' })
export class Seller {
  @Field(() => ID, { description: 'Identifies the seller.' })
  id!: string;
}
