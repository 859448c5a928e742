import { Field, ID, ObjectType } from 'type-graphql';
import { External, Key } from '@storegraph/subgraph-server';

@Key('id')
@ObjectType({ description: 'A review, as media knows it: something people add pictures to.' })
export class Review {
  @Field(() => ID, { description: 'Identifies the review.' })
  id!: string;

  @External()
  @Field(() => [ID], { description: 'The pictures that belong to it.' })
  assetIds!: string[];
}
