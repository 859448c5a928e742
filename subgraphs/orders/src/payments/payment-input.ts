import { z } from 'zod';
import { idempotencyKey, orderId } from '../orders/order-input.js';

export const payment = z.object({
  orderId,
  paymentMethod: z
    .string()
    .max(200)
    .regex(/^(pm|src|card)_\w+$/, 'is not a means of payment'),
  returnUrl: z
    .url({ protocol: /^https?$/, error: 'is not a web address' })
    .max(2_000, 'is too long')
    .nullish()
    .transform((url) => url ?? null),
  idempotencyKey,
});
