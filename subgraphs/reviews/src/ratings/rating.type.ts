import { Field, Float, Int, ObjectType } from 'type-graphql';
import { CacheControl } from '@storegraph/subgraph-server';

@CacheControl({ inheritMaxAge: true })
@ObjectType({ description: 'What all published reviews together say.' })
export class RatingSummary {
  @Field(() => Float, {
    nullable: true,
    description: 'Mean of the stars, from 1 to 5; null without reviews.',
  })
  average!: number | null;

  @Field(() => Int, { description: 'How many published reviews there are.' })
  count!: number;

  @Field(() => [Int], { description: 'How many gave one, two, three, four and five stars, in this order.' })
  histogram!: number[];

  @Field(() => Float, {
    description: 'The mean, drawn towards the usual rating while there are few reviews: fair to sort by.',
  })
  bayesian!: number;
}
