import type { Page } from '@storegraph/connection';
import type { Database } from '@storegraph/reviews-db';
import { ReviewStatus, type Review } from '../reviews/review.js';

export type { Database } from '@storegraph/reviews-db';

/** Reviews that wait for a moderator, the longest waiting first; one more than the page. */
export async function findWaitingReviews(db: Database, { first, after }: Page): Promise<Review[]> {
  const [createdAt, id] = after ?? [];
  const rows = await db.review.findMany({
    where: {
      status: 'PENDING',
      ...(after && {
        OR: [
          { createdAt: { gt: new Date(String(createdAt)) } },
          { createdAt: new Date(String(createdAt)), id: { gt: String(id) } },
        ],
      }),
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: first + 1,
  });
  return rows.map((row) => ({ ...row, status: ReviewStatus.PENDING }));
}

/** Locks a review and answers its present state. */
export async function lockReview(db: Database, id: string): Promise<Review | null> {
  await db.$queryRaw`SELECT 1 FROM reviews WHERE id = ${id} FOR UPDATE`;
  const row = await db.review.findUnique({ where: { id } });
  return row && { ...row, status: row.status as ReviewStatus };
}

export async function setStatus(
  db: Database,
  id: string,
  change: { status: ReviewStatus; rejectionReason: string | null; updatedAt: Date },
): Promise<Review> {
  const row = await db.review.update({ where: { id }, data: { ...change, version: { increment: 1 } } });
  return { ...row, status: row.status as ReviewStatus };
}

export function countWaitingReviews(db: Database): Promise<number> {
  return db.review.count({ where: { status: 'PENDING' } });
}
