import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { resultUnion } from '@storegraph/subgraph-server';
import { ReviewType } from '../reviews/review.type.js';
import { InvalidInput, NotFound } from '../user-errors.type.js';

@InputType({ description: "A moderator's decision about a review." })
export class ModerateReviewInput {
  @Field(() => ID, { description: 'The review.' })
  reviewId!: string;

  @Field(() => Boolean, { description: 'Whether the public may read it.' })
  approve!: boolean;

  @Field(() => String, { nullable: true, description: 'Why not, for the author; at most 500 characters.' })
  reason?: string | null;
}

@ObjectType({ description: 'The decision stands.' })
export class ModerateReviewSuccess {
  @Field(() => ReviewType, { description: 'The review as it is now.' })
  review!: ReviewType;
}

export const ModerateReviewResult = resultUnion({
  name: 'ModerateReviewResult',
  description: "What became of a moderator's decision.",
  types: () => [ModerateReviewSuccess, NotFound, InvalidInput] as const,
});
