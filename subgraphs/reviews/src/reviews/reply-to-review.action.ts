import type { Deps } from '../context.js';
import { announceReview } from './announce-review.action.js';
import { ReviewStatus, type Review } from './review.js';
import { lockReview, updateReview } from './review.store.js';

export type ReplyToReviewOutcome = { kind: 'replied'; review: Review } | { kind: 'not-found' };

/** Puts the seller's answer under a published review; a second reply takes the place of the first. */
export async function replyToReview(
  deps: Deps,
  input: { reviewId: string; body: string },
): Promise<ReplyToReviewOutcome> {
  const now = deps.now();
  return deps.prisma.$transaction(async (tx) => {
    const review = await lockReview(tx, input.reviewId);
    if (!review || review.status !== ReviewStatus.PUBLISHED) return { kind: 'not-found' };
    const answer = { sellerReply: input.body, repliedAt: now, updatedAt: now };
    const replied = await updateReview(tx, review.id, answer);
    await announceReview(tx, replied);
    return { kind: 'replied', review: replied };
  });
}
