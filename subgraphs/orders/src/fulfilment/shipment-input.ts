import { z } from 'zod';
import { isId } from '@storegraph/ids';
import { orderId, remark } from '../orders/order-input.js';

export const sentParcel = z.object({
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
  carrier: z
    .string()
    .transform((value) => value.normalize('NFC').trim())
    .pipe(z.string().min(1, 'is missing').max(100, 'has at most 100 characters')),
  trackingNumber: remark(100),
  trackingUrl: z
    .url({ protocol: /^https?$/, error: 'is not a web address' })
    .max(2_000, 'is too long')
    .nullish()
    .transform((url) => url ?? null),
});

export const arrivedParcel = z.object({
  orderId,
  shipmentId: z
    .string()
    .refine((id) => isId('shipment', id), 'is not the id of a parcel')
    .nullish()
    .transform((id) => id ?? null),
});
