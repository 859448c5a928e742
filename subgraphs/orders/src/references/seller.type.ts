import { Field, ID, ObjectType } from 'type-graphql';
import { Key } from '@storegraph/subgraph-server';

@Key('id')
@ObjectType({ description: 'A seller, as orders know them: whoever fulfils what was bought.' })
export class Seller {
  @Field(() => ID, { description: 'Identifies the seller.' })
  id!: string;
}
