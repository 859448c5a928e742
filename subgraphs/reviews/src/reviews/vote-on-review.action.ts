import type { Deps } from '../context.js';
import { announceReview } from './announce-review.action.js';
import { ReviewStatus, type Review } from './review.js';
import { lockReview, replaceVote, updateReview } from './review.store.js';

export type VoteOnReviewOutcome =
  { kind: 'voted'; review: Review } | { kind: 'not-found' } | { kind: 'own-review' };

/** Counts one reader's vote once; voting again changes the vote, and authors do not vote for themselves. */
export async function voteOnReview(
  deps: Deps,
  input: { reviewId: string; voterId: string; helpful: boolean },
): Promise<VoteOnReviewOutcome> {
  return deps.prisma.$transaction(async (tx) => {
    const review = await lockReview(tx, input.reviewId);
    if (!review || review.status !== ReviewStatus.PUBLISHED) return { kind: 'not-found' };
    if (review.authorId === input.voterId) return { kind: 'own-review' };
    const earlier = await replaceVote(tx, input);
    if (earlier?.helpful === input.helpful) return { kind: 'voted', review };
    const moved = (value: boolean) => Number(input.helpful === value) - Number(earlier?.helpful === value);
    const voted = await updateReview(tx, review.id, {
      helpful: review.helpful + moved(true),
      unhelpful: review.unhelpful + moved(false),
      updatedAt: deps.now(),
    });
    await announceReview(tx, voted);
    return { kind: 'voted', review: voted };
  });
}
