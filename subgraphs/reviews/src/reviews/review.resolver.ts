import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import {
  connectionFrom,
  ConnectionArguments,
  counted,
  pageOf,
  type Connection,
} from '@storegraph/connection';
import { eventTopic, reviewPublished, type EventOf } from '@storegraph/events';
import {
  Authenticated,
  CacheControl,
  checkInput,
  ConnectionSize,
  invalidInput,
  notFound,
  Policy,
  Public,
  requireUser,
  News,
} from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { Product } from '../references/product.type.js';
import { User } from '../references/user.type.js';
import { replyToReview } from './reply-to-review.action.js';
import { reply, submittedReview, vote } from './review-input.js';
import { positionOf, ReviewSort, type Review } from './review.js';
import {
  ProductReviewsArguments,
  ReplyToReviewInput,
  ReplyToReviewResult,
  ReviewConnection,
  ReviewType,
  SubmitReviewInput,
  SubmitReviewResult,
  VoteOnReviewInput,
  VoteOnReviewResult,
} from './review.type.js';
import { submitReview } from './submit-review.action.js';
import { voteOnReview } from './vote-on-review.action.js';

const NO_SUCH_REVIEW = notFound(['input', 'reviewId'], 'There is no such review.');

@Resolver(() => ReviewType)
export class ReviewResolver {
  @Public()
  // Its author reads it before everyone may.
  @CacheControl({ maxAge: 0 })
  @Query(() => ReviewType, { nullable: true, description: 'One review.' })
  review(@Arg('id', () => ID, { description: 'The review.' }) id: string, @Ctx() { loaders }: Context) {
    return loaders.review.load(id);
  }

  @FieldResolver(() => Product, { nullable: true, description: 'What it is about.' })
  product(@Root() review: Review) {
    return { id: review.productId };
  }

  @CacheControl({ maxAge: 60 })
  @FieldResolver(() => User, { nullable: true, description: 'Who wrote it.' })
  author(@Root() review: Review) {
    return { id: review.authorId };
  }

  @Authenticated()
  @Mutation(() => SubmitReviewResult, { description: 'Say what you think of a product, once per product.' })
  async submitReview(
    @Arg('input', () => SubmitReviewInput, { description: 'The opinion.' }) input: SubmitReviewInput,
    @Ctx() { deps, loaders, viewer }: Context,
  ) {
    const checked = checkInput(submittedReview, input);
    if (!checked.ok) return checked.problem;
    if (!(await loaders.isKnownProduct.load(checked.value.productId)))
      return invalidInput(['input', 'productId'], 'There is no such product.');
    const outcome = await submitReview(deps, { ...checked.value, authorId: requireUser(viewer).id });
    if (outcome.kind === 'submitted') return { __typename: 'SubmitReviewSuccess', review: outcome.review };
    return {
      __typename: 'AlreadyReviewed',
      code: 'ALREADY_REVIEWED',
      message: 'You have reviewed this product before.',
      path: ['input', 'productId'],
    };
  }

  @Authenticated()
  @Mutation(() => VoteOnReviewResult, {
    description: 'Say whether a review helped you; voting again changes your vote.',
  })
  async voteOnReview(
    @Arg('input', () => VoteOnReviewInput, { description: 'The vote.' }) input: VoteOnReviewInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(vote, input);
    if (!checked.ok) return checked.problem;
    const outcome = await voteOnReview(deps, { ...checked.value, voterId: requireUser(viewer).id });
    return outcome.kind === 'voted'
      ? { __typename: 'VoteOnReviewSuccess', review: outcome.review }
      : NO_SUCH_REVIEW;
  }

  @Policy([['product-owner']])
  @Mutation(() => ReplyToReviewResult, { description: 'Answer a review of a product you sell.' })
  async replyToReview(
    @Arg('input', () => ReplyToReviewInput, { description: 'The answer.' }) input: ReplyToReviewInput,
    @Ctx() { deps }: Context,
  ) {
    const checked = checkInput(reply, input);
    if (!checked.ok) return checked.problem;
    const outcome = await replyToReview(deps, checked.value);
    return outcome.kind === 'replied'
      ? { __typename: 'ReplyToReviewSuccess', review: outcome.review }
      : NO_SUCH_REVIEW;
  }

  @Public()
  @News()
  @Subscription(() => ReviewType, {
    nullable: true,
    description: 'Each review of a product as it becomes public.',
    subscribe: ({ args, context }) =>
      (context as Context).deps.pubsub.subscribe(eventTopic(reviewPublished.type, String(args['productId']))),
  })
  reviewPublished(
    @Arg('productId', () => ID, { description: 'The product.' }) _productId: string,
    @Root() event: EventOf<typeof reviewPublished>,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.review.load(event.data.reviewId);
  }
}

@Resolver(() => Product)
export class ProductReviewsResolver {
  @ConnectionSize()
  @FieldResolver(() => ReviewConnection, { nullable: true, description: 'What shoppers think of it.' })
  async reviews(
    @Root() { id }: Product,
    @Args(() => ProductReviewsArguments) args: ProductReviewsArguments,
    @Ctx() { loaders }: Context,
  ) {
    const page = pageOf(args, 2);
    const rows = await loaders.reviewsOfProduct({ sort: args.sort, rating: args.rating ?? null, page }, id);
    const connection = connectionFrom(rows, page, (review) => positionOf(review, args.sort));
    return counted(connection, async () => {
      const rating = await loaders.ratingOfProduct.load(id);
      return args.rating ? (rating?.histogram[args.rating - 1] ?? 0) : (rating?.count ?? 0);
    });
  }
}

@Resolver(() => User)
export class UserReviewsResolver {
  @ConnectionSize()
  @FieldResolver(() => ReviewConnection, {
    nullable: true,
    description: 'The reviews this person has published, newest first.',
  })
  async reviews(
    @Root() { id }: User,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { loaders }: Context,
  ): Promise<Connection<Review> & { totalCount: Promise<number> }> {
    const page = pageOf(args, 2);
    const rows = await loaders.reviewsOfAuthor(page, id);
    const connection = connectionFrom(rows, page, (review) => positionOf(review, ReviewSort.NEWEST));
    return counted(connection, async () => (await loaders.reviewCountOfAuthor.load(id))?.count ?? 0);
  }
}
