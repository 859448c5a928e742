import { z } from 'zod';
import { isId } from '@storegraph/ids';
import { CouponKind, normaliseCode } from './coupon.js';

const nullable = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? null);

const minorUnits = z
  .string()
  .regex(/^\d{1,15}$/, 'is a whole number of minor units')
  .transform(BigInt);

export const couponCode = z
  .string()
  .transform(normaliseCode)
  .pipe(
    z.string().regex(/^[A-Z0-9][A-Z0-9_-]{1,39}$/, 'has 2 to 40 letters, digits, dashes and underscores'),
  );

const limit = z.int().min(1, 'is at least 1').max(1_000_000_000, 'is at most 1,000,000,000');

export const savedCoupon = z
  .object({
    id: nullable(z.string().refine((id) => isId('coupon', id), 'is not the id of a coupon')),
    code: couponCode,
    kind: z.enum(CouponKind),
    percent: nullable(z.number().gt(0, 'is above 0').max(100, 'is at most 100')),
    amountMinor: nullable(minorUnits),
    minimumMinor: nullable(minorUnits),
    usageLimit: nullable(limit),
    perCustomerLimit: nullable(limit),
    startsAt: nullable(z.date()),
    endsAt: nullable(z.date()),
    active: z.boolean(),
    expectedVersion: nullable(z.int()),
  })
  .superRefine(({ kind, percent, amountMinor, startsAt, endsAt }, context) => {
    const complain = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    if ((kind === CouponKind.PERCENT) !== (percent !== null))
      complain('percent', 'belongs to percentages, and to them only');
    if ((kind === CouponKind.AMOUNT) !== (amountMinor !== null))
      complain('amountMinor', 'belongs to amounts, and to them only');
    if (startsAt && endsAt && startsAt >= endsAt) complain('endsAt', 'is not after the start');
  })
  .transform(({ percent, amountMinor, ...coupon }) => ({
    ...coupon,
    value: percent === null ? (amountMinor ?? 0n) : BigInt(Math.round(percent * 100)),
  }));
