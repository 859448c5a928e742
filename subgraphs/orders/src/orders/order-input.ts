import { z } from 'zod';
import { isId } from '@storegraph/ids';
import { OrderStatus } from './order-lifecycle.js';

/** The id of an order. */
export const orderId = z.string().refine((id) => isId('order', id), 'is not the id of an order');

/** What a client makes up to name one wish, however often it is sent. */
export const idempotencyKey = z
  .string()
  .min(1, 'is missing')
  .max(200, 'has at most 200 characters')
  .regex(/^[\x21-\x7e]+$/, 'has printable characters only, and no spaces');

/** Something a person may say in passing. */
export const remark = (most: number) =>
  z
    .string()
    .nullish()
    .transform((value) => value?.normalize('NFC').trim() || null)
    .pipe(z.string().max(most, `has at most ${most} characters`).nullable());

export const cancelledOrder = z.object({ orderId, reason: remark(500) });

export const movedOrder = z.object({ orderId, to: z.enum(OrderStatus), notes: remark(500) });

export const notedOrder = z.object({
  orderId,
  note: z
    .string()
    .transform((value) => value.normalize('NFC').trim())
    .pipe(z.string().min(1, 'is missing').max(500, 'has at most 500 characters')),
});
