import { Prisma, type Database } from '@storegraph/reviews-db';
export type { Database } from '@storegraph/reviews-db';
import type { Page } from '@storegraph/connection';
import type { ReviewStatus } from './review.js';
import { ReviewSort, type Review } from './review.js';

/** Which reviews of a product, and in which order. */
export type ReviewList = { readonly sort: ReviewSort; readonly rating: number | null; readonly page: Page };

type Row = Omit<Review, 'status'> & { status: string };

const toReview = (row: Row): Review => ({ ...row, status: row.status as ReviewStatus });

const COLUMNS = Prisma.sql`id, product_id AS "productId", author_id AS "authorId", rating, title, comment, asset_ids AS "assetIds",
  verified_purchase AS "verifiedPurchase", status::text AS status, helpful, unhelpful, seller_reply AS "sellerReply",
  replied_at AS "repliedAt", version, created_at AS "createdAt", updated_at AS "updatedAt"`;

/** What each order sorts by; the id breaks ties in the same direction. */
const ORDERS = {
  [ReviewSort.NEWEST]: {
    column: Prisma.sql`created_at`,
    direction: Prisma.sql`DESC`,
    comparison: Prisma.sql`<`,
  },
  [ReviewSort.HELPFUL]: {
    column: Prisma.sql`helpful`,
    direction: Prisma.sql`DESC`,
    comparison: Prisma.sql`<`,
  },
  [ReviewSort.RATING_HIGH]: {
    column: Prisma.sql`rating`,
    direction: Prisma.sql`DESC`,
    comparison: Prisma.sql`<`,
  },
  [ReviewSort.RATING_LOW]: {
    column: Prisma.sql`rating`,
    direction: Prisma.sql`ASC`,
    comparison: Prisma.sql`>`,
  },
};

export async function findReviewsByIds(db: Database, ids: readonly string[]): Promise<Review[]> {
  return (await db.review.findMany({ where: { id: { in: [...ids] } } })).map(toReview);
}

/** One page per product, all products in one statement, one row more than the page to tell whether more follow. */
export async function findPublishedByProducts(
  db: Database,
  productIds: readonly string[],
  list: ReviewList,
): Promise<Review[]> {
  return findPagesBy(db, { owner: Prisma.sql`product_id`, ids: productIds }, list);
}

/** The published reviews of each author, newest first, as `findPublishedByProducts`. */
export async function findPublishedByAuthors(
  db: Database,
  authorIds: readonly string[],
  page: Page,
): Promise<Review[]> {
  return findPagesBy(
    db,
    { owner: Prisma.sql`author_id`, ids: authorIds },
    { sort: ReviewSort.NEWEST, rating: null, page },
  );
}

async function findPagesBy(
  db: Database,
  { owner, ids }: { owner: Prisma.Sql; ids: readonly string[] },
  { sort, rating, page }: ReviewList,
): Promise<Review[]> {
  const { column, direction, comparison } = ORDERS[sort];
  const position =
    page.after && (sort === ReviewSort.NEWEST ? new Date(String(page.after[0])) : page.after[0]);
  const after = page.after
    ? Prisma.sql`AND (${column}, id) ${comparison} (${position}, ${page.after[1]})`
    : Prisma.empty;
  const rated = rating === null ? Prisma.empty : Prisma.sql`AND rating = ${rating}`;
  const rows = await db.$queryRaw<Row[]>`
    SELECT page.* FROM unnest(${[...ids]}::text[]) AS wanted (owner_id)
    CROSS JOIN LATERAL (
      SELECT ${COLUMNS} FROM reviews
      WHERE ${owner} = wanted.owner_id AND status = 'PUBLISHED' ${rated} ${after}
      ORDER BY ${column} ${direction}, id ${direction} LIMIT ${page.first + 1}
    ) AS page`;
  return rows.map(toReview);
}

export async function countPublishedByAuthors(
  db: Database,
  authorIds: readonly string[],
): Promise<{ authorId: string; count: number }[]> {
  const groups = await db.review.groupBy({
    by: ['authorId'],
    where: { authorId: { in: [...authorIds] }, status: 'PUBLISHED' },
    _count: true,
  });
  return groups.map((group) => ({ authorId: group.authorId, count: group._count }));
}

/** Writes a new review; `null` when its author has reviewed the product already. */
export async function insertReview(db: Database, review: Review): Promise<Review | null> {
  const [row] = await db.review.createManyAndReturn({
    data: [{ ...review, assetIds: [...review.assetIds] }],
    skipDuplicates: true,
  });
  return row ? toReview(row) : null;
}

/** Locks a review for the rest of the transaction, so that writers of one review take turns. */
export async function lockReview(db: Database, id: string): Promise<Review | null> {
  const [row] = await db.$queryRaw<Row[]>`SELECT ${COLUMNS} FROM reviews WHERE id = ${id} FOR UPDATE`;
  return row ? toReview(row) : null;
}

export async function updateReview(
  db: Database,
  id: string,
  change: Partial<Pick<Review, 'status' | 'sellerReply' | 'repliedAt' | 'helpful' | 'unhelpful'>> & {
    rejectionReason?: string | null;
    updatedAt: Date;
  },
): Promise<Review> {
  return toReview(await db.review.update({ where: { id }, data: { ...change, version: { increment: 1 } } }));
}

/** The voter's earlier vote on the review, if any; the new one takes its place. */
export async function replaceVote(
  db: Database,
  vote: { reviewId: string; voterId: string; helpful: boolean },
): Promise<{ helpful: boolean } | null> {
  const { reviewId, voterId } = vote;
  const earlier = await db.vote.findUnique({ where: { reviewId_voterId: { reviewId, voterId } } });
  await db.vote.upsert({
    where: { reviewId_voterId: { reviewId, voterId } },
    create: vote,
    update: { helpful: vote.helpful },
  });
  return earlier;
}

export async function hasPurchased(
  db: Database,
  purchase: { customerId: string; productId: string },
): Promise<boolean> {
  return (await db.purchase.findUnique({ where: { customerId_productId: purchase } })) !== null;
}

/** Remembers who bought what; marks reviews that were written before the news of the purchase arrived. */
export async function insertPurchases(
  db: Database,
  order: { customerId: string; orderId: string; productIds: readonly string[]; at: Date },
): Promise<void> {
  const { customerId, orderId, productIds, at } = order;
  await db.purchase.createMany({
    data: productIds.map((productId) => ({ customerId, productId, orderId, purchasedAt: at })),
    skipDuplicates: true,
  });
  await db.review.updateMany({
    where: { authorId: customerId, productId: { in: [...productIds] } },
    data: { verifiedPurchase: true },
  });
}

export async function insertReviews(db: Database, reviews: readonly Review[]): Promise<void> {
  await db.review.createMany({
    data: reviews.map((review) => ({ ...review, assetIds: [...review.assetIds] })),
  });
}

export async function insertVotes(
  db: Database,
  votes: readonly { reviewId: string; voterId: string; helpful: boolean }[],
): Promise<void> {
  await db.vote.createMany({ data: [...votes] });
}

export async function hasReviews(db: Database): Promise<boolean> {
  return (await db.review.findFirst({ select: { id: true } })) !== null;
}
