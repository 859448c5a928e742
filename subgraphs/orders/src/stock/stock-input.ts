import { z } from 'zod';
import { isId } from '@storegraph/ids';

const variantId = z.string().refine((id) => isId('variant', id), 'is not the id of a variant');
const warehouseId = z.string().refine((id) => isId('warehouse', id), 'is not the id of a warehouse');
const reason = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(z.string().min(1, 'is missing').max(500, 'has at most 500 characters'));

/** Chosen by the caller, who gives it again when unsure whether the first call arrived. */
export const idempotencyKey = z
  .string()
  .min(8, 'has at least 8 characters')
  .max(200, 'has at most 200 characters');

const MOST = 1_000_000;

export const adjustment = z.object({
  variantId,
  warehouseId,
  delta: z
    .int('is a whole number')
    .min(-MOST, 'is at least -1,000,000')
    .max(MOST, 'is at most 1,000,000')
    .refine((delta) => delta !== 0, 'is not 0'),
  reason,
  idempotencyKey,
});

export const transfer = z
  .object({
    variantId,
    fromWarehouseId: warehouseId,
    toWarehouseId: warehouseId,
    quantity: z.int('is a whole number').min(1, 'is at least 1').max(MOST, 'is at most 1,000,000'),
    reason: reason.nullish().transform((text) => text ?? null),
    idempotencyKey,
  })
  .refine(({ fromWarehouseId, toWarehouseId }) => fromWarehouseId !== toWarehouseId, {
    path: ['toWarehouseId'],
    message: 'is the warehouse it comes from',
  });

export const stockSettings = z.object({
  variantId,
  warehouseId,
  lowStockThreshold: z.int().min(0, 'is at least 0').max(MOST, 'is at most 1,000,000'),
  backorderable: z.boolean(),
  restockAt: z
    .date()
    .nullish()
    .transform((at) => at ?? null),
});

export const watchedVariants = z
  .array(variantId)
  .min(1, 'names at least one variant')
  .max(50, 'names at most 50 variants');
