/** A review as the domain thinks of it. */
export type Review = {
  readonly id: string;
  readonly productId: string;
  readonly authorId: string;
  readonly rating: number;
  readonly title: string | null;
  readonly comment: string;
  readonly assetIds: readonly string[];
  readonly verifiedPurchase: boolean;
  readonly status: ReviewStatus;
  readonly helpful: number;
  readonly unhelpful: number;
  readonly sellerReply: string | null;
  readonly repliedAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export enum ReviewStatus {
  PENDING = 'PENDING',
  PUBLISHED = 'PUBLISHED',
  REJECTED = 'REJECTED',
}

export enum ReviewSort {
  NEWEST = 'NEWEST',
  HELPFUL = 'HELPFUL',
  RATING_HIGH = 'RATING_HIGH',
  RATING_LOW = 'RATING_LOW',
}

const LINK = /(https?:\/\/|www\.)\S+|\b[\w-]+\.(com|net|org|shop|store|xyz)\b/i;
const CONTACT = /[\w.+-]+@[\w-]+\.\w+|(\+?\d[\s().-]?){9,}/;
const SHOUTING = /([A-Z]{4,}\W+){6,}/;

/** Links, contact details and shouting wait for a person; everything else is published at once. */
export function statusOfNew(review: { title: string | null; comment: string }): ReviewStatus {
  const text = `${review.title ?? ''}\n${review.comment}`;
  return [LINK, CONTACT, SHOUTING].some((sign) => sign.test(text))
    ? ReviewStatus.PENDING
    : ReviewStatus.PUBLISHED;
}

/** Published reviews are everyone's; the others are seen by their author and by moderators. */
export function mayRead(
  review: Pick<Review, 'status' | 'authorId'>,
  viewer: { id: string | null; isModerator: boolean },
): boolean {
  return review.status === ReviewStatus.PUBLISHED || viewer.isModerator || review.authorId === viewer.id;
}

/** The keyset position of a review in a list of the given order. */
export function positionOf(review: Review, sort: ReviewSort): [string | number, string] {
  switch (sort) {
    case ReviewSort.NEWEST:
      return [review.createdAt.toISOString(), review.id];
    case ReviewSort.HELPFUL:
      return [review.helpful, review.id];
    case ReviewSort.RATING_HIGH:
    case ReviewSort.RATING_LOW:
      return [review.rating, review.id];
  }
}
