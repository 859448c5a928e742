import { newId } from '@storegraph/ids';
import type { Deps } from '../context.js';
import { publishReview } from './publish-review.action.js';
import { ReviewStatus, statusOfNew, type Review } from './review.js';
import { hasPurchased, insertReview } from './review.store.js';

export type SubmitReviewOutcome = { kind: 'submitted'; review: Review } | { kind: 'already-reviewed' };

/**
 * Writes a shopper's review of a product. A purchase known from the order events makes it a verified one.
 * When it is published at once, the product's rating changes and `review.published` is announced with it.
 */
export async function submitReview(
  deps: Deps,
  input: {
    authorId: string;
    productId: string;
    rating: number;
    title: string | null;
    comment: string;
    assetIds: readonly string[];
  },
): Promise<SubmitReviewOutcome> {
  const now = deps.now();
  return deps.prisma.$transaction(async (tx) => {
    const review = await insertReview(tx, {
      ...input,
      id: newId('review'),
      verifiedPurchase: await hasPurchased(tx, { customerId: input.authorId, productId: input.productId }),
      status: statusOfNew(input),
      helpful: 0,
      unhelpful: 0,
      sellerReply: null,
      repliedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
    if (!review) return { kind: 'already-reviewed' };
    if (review.status === ReviewStatus.PUBLISHED) await publishReview(tx, review, now);
    return { kind: 'submitted', review };
  });
}
