import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ConnectionArguments, countedConnectionType } from '@storegraph/connection';
import { CacheControl, Inaccessible, Key, NodeType, resultUnion } from '@storegraph/subgraph-server';
import { InvalidInput, NotFound, UserError } from '../user-errors.type.js';
import { ReviewSort, ReviewStatus } from './review.js';

registerEnumType(ReviewStatus, {
  name: 'ReviewStatus',
  description: 'Where a review is on its way to the public.',
  valuesConfig: {
    PENDING: { description: 'A moderator has yet to look at it.' },
    PUBLISHED: { description: 'Everyone can read it.' },
    REJECTED: { description: 'A moderator turned it down; only its author still sees it.' },
  },
});

registerEnumType(ReviewSort, {
  name: 'ReviewSort',
  description: 'In which order reviews are listed.',
  valuesConfig: {
    NEWEST: { description: 'The latest first.' },
    HELPFUL: { description: 'Those that helped most readers first.' },
    RATING_HIGH: { description: 'The most enthusiastic first.' },
    RATING_LOW: { description: 'The most critical first.' },
  },
});

@CacheControl({ maxAge: 60 })
@Key('id')
@ObjectType('Review', { implements: NodeType, description: "A shopper's opinion of a product." })
export class ReviewType extends NodeType {
  @Field(() => Int, { description: 'Stars, from 1 to 5.' })
  rating!: number;

  @Field(() => String, { nullable: true, description: 'The opinion in a line.' })
  title!: string | null;

  @Field(() => String, { description: 'The opinion in full, as plain text.' })
  comment!: string;

  @Field(() => Boolean, { description: 'Whether its author has bought the product here.' })
  verifiedPurchase!: boolean;

  @Field(() => ReviewStatus, { description: 'Where it is on its way to the public.' })
  status!: ReviewStatus;

  @Field(() => Int, { description: 'How many readers it helped.' })
  helpful!: number;

  @Field(() => Int, { description: 'How many readers it did not help.' })
  unhelpful!: number;

  @Field(() => String, { nullable: true, description: "The seller's answer." })
  sellerReply!: string | null;

  @Field(() => Date, { nullable: true, description: 'When the seller answered.' })
  repliedAt!: Date | null;

  @Inaccessible()
  @Field(() => [ID], { description: 'The pictures that belong to it, for the media service.' })
  assetIds!: string[];

  @Field(() => Date, { description: 'When it was written.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When it last changed.' })
  updatedAt!: Date;
}

export const { ConnectionType: ReviewConnection } = countedConnectionType(() => ReviewType, {
  name: 'Review',
  of: 'reviews',
});

@ArgsType()
export class ProductReviewsArguments extends ConnectionArguments {
  @Field(() => ReviewSort, { defaultValue: ReviewSort.HELPFUL, description: 'In which order.' })
  sort!: ReviewSort;

  @Field(() => Int, { nullable: true, description: 'Only reviews with this many stars.' })
  rating?: number | null;
}

@InputType({ description: 'What a shopper thinks of a product.' })
export class SubmitReviewInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => Int, { description: 'Stars, from 1 to 5.' })
  rating!: number;

  @Field(() => String, { nullable: true, description: 'The opinion in a line, at most 120 characters.' })
  title?: string | null;

  @Field(() => String, { description: 'The opinion in full, from 3 to 5,000 characters of plain text.' })
  comment!: string;

  @Field(() => [ID], { nullable: true, description: 'Pictures uploaded before, at most 8.' })
  assetIds?: string[] | null;
}

@ObjectType({ description: 'The review as it was written.' })
export class SubmitReviewSuccess {
  @Field(() => ReviewType, { description: 'The new review.' })
  review!: ReviewType;
}

@ObjectType({ implements: UserError, description: 'You have reviewed this product before.' })
export class AlreadyReviewed extends UserError {}

export const SubmitReviewResult = resultUnion({
  name: 'SubmitReviewResult',
  description: 'What became of a submitted review.',
  types: () => [SubmitReviewSuccess, AlreadyReviewed, InvalidInput] as const,
});

@InputType({ description: 'Whether a review helped.' })
export class VoteOnReviewInput {
  @Field(() => ID, { description: 'The review.' })
  reviewId!: string;

  @Field(() => Boolean, { description: 'Whether it helped you.' })
  helpful!: boolean;
}

@ObjectType({ description: 'The vote was counted.' })
export class VoteOnReviewSuccess {
  @Field(() => ReviewType, { description: 'The review with its votes.' })
  review!: ReviewType;
}

export const VoteOnReviewResult = resultUnion({
  name: 'VoteOnReviewResult',
  description: 'What became of a vote.',
  types: () => [VoteOnReviewSuccess, NotFound, InvalidInput] as const,
});

@InputType({ description: "A seller's answer to a review." })
export class ReplyToReviewInput {
  @Field(() => ID, { description: 'The review, of a product of yours.' })
  reviewId!: string;

  @Field(() => String, { description: 'The answer, from 3 to 2,000 characters of plain text.' })
  body!: string;
}

@ObjectType({ description: 'The answer stands under the review.' })
export class ReplyToReviewSuccess {
  @Field(() => ReviewType, { description: 'The review with its answer.' })
  review!: ReviewType;
}

export const ReplyToReviewResult = resultUnion({
  name: 'ReplyToReviewResult',
  description: "What became of a seller's answer.",
  types: () => [ReplyToReviewSuccess, NotFound, InvalidInput] as const,
});
