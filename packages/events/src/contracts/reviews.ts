import { z } from 'zod';
import { defineEvent } from '../contract.js';
import { id, rating } from './fields.js';

const owner = 'reviews';

/** A review passed moderation and everyone can read it. */
export const reviewPublished = defineEvent({
  type: 'review.published',
  owner,
  schema: z.object({
    reviewId: id,
    productId: id,
    authorId: id.nullable().describe('Null once the author has been erased'),
    rating: z.int().min(1).max(5),
  }),
});

/** Something readers see of a published review is different: a vote, the seller's reply, or that it was withdrawn. */
export const reviewChanged = defineEvent({
  type: 'review.changed',
  owner,
  schema: z.object({ reviewId: id, productId: id }),
});

export const ratingChanged = defineEvent({
  type: 'rating.changed',
  owner,
  schema: z.object({
    productId: id,
    average: rating.nullable().describe('Null without reviews'),
    count: z.int().min(0),
    bayesian: rating.describe('The average drawn towards the shop mean: what lists sort by'),
  }),
});
