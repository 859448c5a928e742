import { z } from 'zod';
import { isId } from '@storegraph/ids';

const plainText = (least: number, most: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z.string().min(least, `needs at least ${least} characters`).max(most, `has at most ${most} characters`),
    );

export const submittedReview = z.object({
  productId: z.string().refine((id) => isId('product', id), 'is not the id of a product'),
  rating: z.int('is a whole number of stars').min(1, 'is at least 1 star').max(5, 'is at most 5 stars'),
  title: plainText(1, 120)
    .nullish()
    .transform((title) => title ?? null),
  comment: plainText(3, 5_000),
  assetIds: z
    .array(z.string().refine((id) => isId('asset', id), 'is not the id of a picture'))
    .max(8, 'has at most 8 pictures')
    .nullish()
    .transform((ids) => ids ?? []),
});

export const vote = z.object({
  reviewId: z.string().refine((id) => isId('review', id), 'is not the id of a review'),
  helpful: z.boolean(),
});

export const reply = z.object({
  reviewId: z.string().refine((id) => isId('review', id), 'is not the id of a review'),
  body: plainText(3, 2_000),
});
