import type { Database } from '@storegraph/reviews-db';
import { ratingOf, type Rating } from './rating.js';

export type { Database } from '@storegraph/reviews-db';

const STARS = ['oneStar', 'twoStar', 'threeStar', 'fourStar', 'fiveStar'] as const;

type Stars = Record<(typeof STARS)[number], number>;

const toRating = (stars: Stars): Rating =>
  ratingOf([stars.oneStar, stars.twoStar, stars.threeStar, stars.fourStar, stars.fiveStar]);

export async function findRatingsByProducts(
  db: Database,
  productIds: readonly string[],
): Promise<{ productId: string; rating: Rating }[]> {
  const rows = await db.productRating.findMany({ where: { productId: { in: [...productIds] } } });
  return rows.map((row) => ({ productId: row.productId, rating: toRating(row) }));
}

export async function findRatingsBySellers(
  db: Database,
  sellerIds: readonly string[],
): Promise<{ sellerId: string; rating: Rating }[]> {
  const rows = await db.$queryRaw<({ sellerId: string } & Stars)[]>`
    SELECT seller_id AS "sellerId", sum(one_star)::int AS "oneStar", sum(two_star)::int AS "twoStar",
      sum(three_star)::int AS "threeStar", sum(four_star)::int AS "fourStar", sum(five_star)::int AS "fiveStar"
    FROM product_ratings WHERE seller_id = ANY (${[...sellerIds]}::text[]) GROUP BY seller_id`;
  return rows.map((row) => ({ sellerId: row.sellerId, rating: toRating(row) }));
}

export async function findSellersOfProducts(
  db: Database,
  productIds: readonly string[],
): Promise<{ productId: string; sellerId: string | null }[]> {
  return db.productRating.findMany({
    where: { productId: { in: [...productIds] } },
    select: { productId: true, sellerId: true },
  });
}

/** Counts a review in or out of its product's stars and answers the new rating. */
export async function addStars(
  db: Database,
  change: { productId: string; rating: number; by: 1 | -1; now: Date },
): Promise<Rating> {
  const column = STARS[change.rating - 1];
  if (!column) throw new RangeError(`no column for ${change.rating} stars`);
  const row = await db.productRating.upsert({
    where: { productId: change.productId },
    create: { productId: change.productId, [column]: Math.max(change.by, 0), updatedAt: change.now },
    update: { [column]: { increment: change.by }, updatedAt: change.now },
  });
  return toRating(row);
}

export async function setSellerOfProduct(
  db: Database,
  product: { productId: string; sellerId: string | null; now: Date },
): Promise<void> {
  const { productId, sellerId, now } = product;
  await db.productRating.upsert({
    where: { productId },
    create: { productId, sellerId, updatedAt: now },
    update: { sellerId },
  });
}

/** Writes the ratings of products that had none; a product known only by its seller gets its stars. */
export async function insertRatings(
  db: Database,
  products: readonly { productId: string; sellerId: string | null; rating: Rating }[],
  now: Date,
): Promise<void> {
  const stars = (at: number) => products.map(({ rating }) => rating.histogram[at] ?? 0);
  await db.$executeRaw`
    INSERT INTO product_ratings
      (product_id, seller_id, one_star, two_star, three_star, four_star, five_star, updated_at)
    SELECT given.*, ${now}::timestamptz FROM unnest(
      ${products.map(({ productId }) => productId)}::text[], ${products.map(({ sellerId }) => sellerId)}::text[],
      ${stars(0)}::int[], ${stars(1)}::int[], ${stars(2)}::int[], ${stars(3)}::int[], ${stars(4)}::int[]) AS given
    ON CONFLICT (product_id) DO UPDATE SET
      seller_id = EXCLUDED.seller_id, one_star = EXCLUDED.one_star, two_star = EXCLUDED.two_star,
      three_star = EXCLUDED.three_star, four_star = EXCLUDED.four_star, five_star = EXCLUDED.five_star,
      updated_at = EXCLUDED.updated_at`;
}
