import { z } from 'zod';
import { isId } from '@storegraph/ids';
import { line, optional, paragraphs } from '../plain-text.js';
import { SellerStatus } from './seller.js';

const slug = z
  .string()
  .min(3, 'needs at least 3 characters')
  .max(60, 'has at most 60 characters')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'has small letters, digits and single hyphens only');

export const application = z.object({
  businessName: line(2, 120),
  slug: optional(slug),
  about: optional(paragraphs(1, 2_000)),
  taxId: line(4, 40),
});

export const sellerDecision = z.object({
  sellerId: z.string().refine((id) => isId('seller', id), 'is not the id of a seller'),
  status: z.enum(SellerStatus),
  reason: optional(line(3, 500)),
  commissionRate: optional(
    z
      .string()
      .regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/, 'is a share from 0 to 1 with at most four decimals')
      .transform((rate) => Math.round(Number(rate) * 10_000)),
  ),
});
