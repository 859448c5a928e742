import type { Deps } from '../context.js';
import { countRating } from '../ratings/count-rating.action.js';
import { announceReview } from '../reviews/announce-review.action.js';
import { publishReview } from '../reviews/publish-review.action.js';
import { ReviewStatus, type Review } from '../reviews/review.js';
import { lockReview, setStatus } from './moderation.store.js';

export type ModerateReviewOutcome = { kind: 'moderated'; review: Review } | { kind: 'not-found' };

/**
 * Publishes a review or turns it down. Deciding the same again changes nothing; turning down a published review
 * takes its stars back out of the product's rating.
 */
export async function moderateReview(
  deps: Deps,
  input: { reviewId: string; approve: boolean; reason: string | null },
): Promise<ModerateReviewOutcome> {
  const now = deps.now();
  const status = input.approve ? ReviewStatus.PUBLISHED : ReviewStatus.REJECTED;
  return deps.prisma.$transaction(async (tx) => {
    const review = await lockReview(tx, input.reviewId);
    if (!review) return { kind: 'not-found' };
    if (review.status === status) return { kind: 'moderated', review };
    const rejectionReason = input.approve ? null : input.reason;
    const moderated = await setStatus(tx, review.id, { status, rejectionReason, updatedAt: now });
    if (status === ReviewStatus.PUBLISHED) await publishReview(tx, moderated, now);
    if (review.status === ReviewStatus.PUBLISHED) {
      await countRating(tx, { productId: review.productId, rating: review.rating, by: -1, now });
      await announceReview(tx, moderated);
    }
    return { kind: 'moderated', review: moderated };
  });
}
