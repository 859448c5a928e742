import { publish, ratingChanged } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import type { Deps } from './context.js';
import { ratingOf, type Rating } from './ratings/rating.js';
import { insertRatings } from './ratings/rating.store.js';
import { ReviewStatus, type Review } from './reviews/review.js';
import { hasReviews, insertReviews, insertVotes } from './reviews/review.store.js';

/** A review to put into the shop; who has bought the product is a verified buyer. */
export type SeedReview = {
  readonly productId: string;
  readonly authorId: string;
  readonly rating: number;
  readonly title: string | null;
  readonly comment: string;
  readonly isVerified: boolean;
  readonly isPending: boolean;
  readonly writtenAt: Date;
  readonly helpfulVoterIds: readonly string[];
  readonly unhelpfulVoterIds: readonly string[];
  readonly reply: { readonly body: string; readonly at: Date } | null;
};

const BATCH = 1_000;

/**
 * Puts reviews, votes and the ratings they amount to into an empty domain, and announces the ratings. A domain
 * that has reviews is left as it is, so it can be run again.
 *
 * @param sellers who sells each product of the shop, reviewed or not, by product id; `null` for the shop itself
 */
export async function seedReviews(
  deps: Deps,
  seeds: readonly SeedReview[],
  sellers: ReadonlyMap<string, string | null>,
): Promise<void> {
  if (await hasReviews(deps.prisma)) return;
  const written = seeds.map((seed) => ({ seed, review: reviewOf(seed) }));
  await deps.prisma.$transaction(
    async (tx) => {
      for (const batch of batches(written, BATCH)) {
        await insertReviews(
          tx,
          batch.map(({ review }) => review),
        );
        await insertVotes(
          tx,
          batch.flatMap(({ seed, review }) => votesOf(seed, review.id)),
        );
      }
      const ratings = ratingsOf(
        written.map(({ review }) => review),
        sellers,
      );
      for (const batch of batches(ratings, BATCH)) {
        await insertRatings(tx, batch, deps.now());
        await publish(
          tx,
          ...batch
            .filter(({ rating }) => rating.count > 0)
            .map(({ productId, rating: { average, count, bayesian } }) =>
              ratingChanged({ aggregateId: productId, data: { productId, average, count, bayesian } }),
            ),
        );
      }
    },
    { timeout: 120_000 },
  );
}

function reviewOf(seed: SeedReview): Review {
  return {
    id: newId('review'),
    productId: seed.productId,
    authorId: seed.authorId,
    rating: seed.rating,
    title: seed.title,
    comment: seed.comment,
    assetIds: [],
    verifiedPurchase: seed.isVerified,
    status: seed.isPending ? ReviewStatus.PENDING : ReviewStatus.PUBLISHED,
    helpful: seed.helpfulVoterIds.length,
    unhelpful: seed.unhelpfulVoterIds.length,
    sellerReply: seed.reply?.body ?? null,
    repliedAt: seed.reply?.at ?? null,
    version: 1,
    createdAt: seed.writtenAt,
    updatedAt: seed.reply?.at ?? seed.writtenAt,
  };
}

function votesOf(seed: SeedReview, reviewId: string) {
  return [
    ...seed.helpfulVoterIds.map((voterId) => ({ reviewId, voterId, helpful: true })),
    ...seed.unhelpfulVoterIds.map((voterId) => ({ reviewId, voterId, helpful: false })),
  ];
}

function ratingsOf(
  reviews: readonly Review[],
  sellers: ReadonlyMap<string, string | null>,
): { productId: string; sellerId: string | null; rating: Rating }[] {
  const histograms = new Map<string, [number, number, number, number, number]>(
    [...sellers.keys()].map((productId) => [productId, [0, 0, 0, 0, 0]]),
  );
  for (const { productId, rating, status } of reviews) {
    const histogram = histograms.get(productId) ?? [0, 0, 0, 0, 0];
    if (status === ReviewStatus.PUBLISHED) histogram[rating - 1]! += 1;
    histograms.set(productId, histogram);
  }
  return [...histograms].map(([productId, histogram]) => ({
    productId,
    sellerId: sellers.get(productId) ?? null,
    rating: ratingOf(histogram),
  }));
}

function batches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
