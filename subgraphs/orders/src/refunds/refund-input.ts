import { z } from 'zod';
import { idempotencyKey, orderId, remark } from '../orders/order-input.js';

export const wishedRefund = z
  .object({
    orderId,
    lines: z
      .array(
        z.object({
          orderLineId: z.string().max(100),
          quantity: z
            .int('is a whole number')
            .min(1, 'is at least 1')
            .max(1_000_000, 'is more than was bought'),
        }),
      )
      .min(1, 'has at least one line')
      .max(200, 'has at most 200 lines')
      .refine(
        (lines) => new Set(lines.map((line) => line.orderLineId)).size === lines.length,
        'names each line once',
      )
      .nullish()
      .transform((lines) => lines ?? null),
    amount: z
      .string()
      .nullish()
      .transform((amount) => amount ?? null),
    reason: remark(500),
    restock: z.boolean(),
    idempotencyKey,
  })
  .refine(({ lines, amount }) => lines === null || amount === null, {
    path: ['amount'],
    message: 'comes instead of lines, not with them',
  });
