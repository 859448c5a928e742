import { Field, ID, ObjectType } from 'type-graphql';
import { Key } from '@storegraph/subgraph-server';

@Key('id')
@ObjectType({ description: 'A brand, as media knows it: something with a logo.' })
export class Brand {
  @Field(() => ID, { description: 'Identifies the brand.' })
  id!: string;
}
