import { z } from 'zod';
import { InvalidAmount, parseDecimal } from '@storegraph/money';
import { idOf, line, orNull } from '../input-rules.js';
import type { ProductFilter } from './product-list.js';

const few = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .max(50, 'has at most 50 entries')
    .nullish()
    .transform((list) => list ?? []);

const productFilter = z.object({
  query: orNull(z.string().max(200, 'has at most 200 characters')),
  category: orNull(idOf('category', 'category')),
  brands: few(idOf('brand', 'brand')),
  seller: orNull(idOf('seller', 'seller')),
  tags: few(line(1, 255)),
  priceMin: orNull(z.string()),
  priceMax: orNull(z.string()),
  options: few(z.object({ name: line(1, 255), values: z.array(line(1, 255)).min(1).max(50) })),
  inStock: orNull(z.boolean()),
  ratingMin: orNull(z.number().min(0, 'is at least 0').max(5, 'is at most 5')),
  featured: orNull(z.boolean()),
  status: orNull(z.enum(['DRAFT', 'ACTIVE', 'ARCHIVED'])),
});

/** A filter as clients write it, checked; or the first thing wrong with it. */
export function readFilter(
  input: unknown,
  currency: string,
): { ok: true; filter: ProductFilter } | { ok: false; field: string; message: string } {
  const read = productFilter.safeParse(input ?? {});
  if (!read.success) {
    const [issue] = read.error.issues;
    return { ok: false, field: (issue?.path ?? []).join('.'), message: issue?.message ?? 'is not valid' };
  }
  const { category: categoryId, brands: brandIds, seller: sellerId, priceMin, priceMax, ...same } = read.data;
  try {
    const minor = (text: string | null) => (text === null ? null : parseDecimal(text, currency));
    const prices = { priceMinMinor: minor(priceMin), priceMaxMinor: minor(priceMax) };
    return { ok: true, filter: { ...same, ...prices, categoryId, brandIds, sellerId } };
  } catch (error) {
    if (!(error instanceof InvalidAmount)) throw error;
    return { ok: false, field: 'priceMin', message: `is an amount of ${currency}` };
  }
}
