import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import { connectionFrom, ConnectionArguments, counted, pageOf } from '@storegraph/connection';
import { isId } from '@storegraph/ids';
import { checkInput, ConnectionSize, notFound, RequiresScopes } from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { positionOf, ReviewSort } from '../reviews/review.js';
import { ReviewConnection } from '../reviews/review.type.js';
import { moderateReview } from './moderate-review.action.js';
import { ModerateReviewInput, ModerateReviewResult } from './moderation.type.js';

const decision = z.object({
  reviewId: z.string().refine((id) => isId('review', id), 'is not the id of a review'),
  approve: z.boolean(),
  reason: z
    .string()
    .max(500, 'has at most 500 characters')
    .nullish()
    .transform((reason) => reason ?? null),
});

@Resolver()
export class ModerationResolver {
  @RequiresScopes([['review:moderate']])
  @ConnectionSize()
  @Query(() => ReviewConnection, {
    description: 'Reviews that wait for a moderator, the longest waiting first.',
  })
  async reviewQueue(@Args(() => ConnectionArguments) args: ConnectionArguments, @Ctx() { loaders }: Context) {
    const page = pageOf(args, 2);
    const rows = await loaders.waitingReviews.load(page);
    return counted(
      connectionFrom(rows, page, (review) => positionOf(review, ReviewSort.NEWEST)),
      () => loaders.waitingReviews.count(),
    );
  }

  @RequiresScopes([['review:moderate']])
  @Mutation(() => ModerateReviewResult, { description: 'Publish a review or turn it down.' })
  async moderateReview(
    @Arg('input', () => ModerateReviewInput, { description: 'The decision.' }) input: ModerateReviewInput,
    @Ctx() { deps }: Context,
  ) {
    const checked = checkInput(decision, input);
    if (!checked.ok) return checked.problem;
    const outcome = await moderateReview(deps, checked.value);
    if (outcome.kind === 'not-found') return notFound(['input', 'reviewId'], 'There is no such review.');
    return { __typename: 'ModerateReviewSuccess', review: outcome.review };
  }
}
