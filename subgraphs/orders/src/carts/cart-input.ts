import { z } from 'zod';
import { isId } from '@storegraph/ids';
import { couponCode } from '../coupons/coupon-input.js';
import { addressInput } from '../shipping/address.js';
import { MOST_LINES, MOST_PER_LINE } from './cart.js';

const nullable = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? null);

const aim = {
  cartToken: nullable(z.string().min(1, 'is missing').max(200, 'is not the secret of a cart')),
  expectedVersion: nullable(z.int()),
};

const lineId = z.string().refine((id) => isId('cartLine', id), 'is not the id of a line');
const quantity = z
  .int('is a whole number')
  .min(1, 'is at least 1')
  .max(MOST_PER_LINE, `is at most ${MOST_PER_LINE}`);

export const addedLines = z.object({
  ...aim,
  lines: z
    .array(
      z.object({
        variantId: z.string().refine((id) => isId('variant', id), 'is not the id of a variant'),
        quantity,
        customizationValueIds: z
          .array(z.string().max(100))
          .max(20, 'has at most 20 customizations')
          .nullish()
          .transform((ids) => [...new Set(ids ?? [])]),
      }),
    )
    .min(1, 'has at least one line')
    .max(MOST_LINES, `has at most ${MOST_LINES} lines`),
});

export const updatedLine = z.object({ ...aim, lineId, quantity });

export const removedLine = z.object({ ...aim, lineId });

export const usedCoupon = z.object({ ...aim, code: couponCode });

export const delivery = z.object({
  ...aim,
  address: addressInput,
  email: nullable(z.email('is not an e-mail address').max(320, 'is too long')),
});

export const chosenShipping = z.object({ ...aim, option: z.string().min(1, 'is missing').max(60) });

export const sharedCart = z.object(aim);

export const mergedCart = z.object({ cartToken: z.string().min(1, 'is missing').max(200) });
