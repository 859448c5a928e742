import { z } from 'zod';
import { idempotencyKey, remark } from '../orders/order-input.js';
import { addressInput } from '../shipping/address.js';

const cartToken = z
  .string()
  .min(1, 'is missing')
  .max(200, 'is not the secret of a cart')
  .nullish()
  .transform((token) => token ?? null);

const email = z
  .email('is not an e-mail address')
  .max(320, 'is too long')
  .nullish()
  .transform((address) => address ?? null);

export const reservedCheckout = z.object({
  cartToken,
  email,
  shippingAddress: addressInput,
  shippingOptionId: z
    .string()
    .max(60)
    .nullish()
    .transform((code) => code ?? null),
});

export const placedOrder = z.object({
  cartToken,
  email,
  idempotencyKey,
  expectedTotal: z
    .string()
    .nullish()
    .transform((total) => total ?? null),
  billingAddress: addressInput.nullish().transform((address) => address ?? null),
  notes: remark(1_000),
});
