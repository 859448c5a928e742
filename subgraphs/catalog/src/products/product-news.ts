import { priceChanged, productSaved, type DomainEvent } from '@storegraph/events';
import type { Variant } from '../variants/variant.js';
import type { ProductChange } from './product-record.js';

/**
 * What other domains learn from a written product: its present state, and each price that is new or different.
 *
 * @param before the variants as they were, none for a new product
 */
export function newsOf(change: ProductChange, before: readonly Variant[]): DomainEvent[] {
  const { id, slug, name, sellerId, status, version } = change.record;
  const active = change.variants.filter((variant) => variant.active);
  const offered = new Set(active.map((variant) => variant.id));
  const retired = [...before, ...change.variants].filter((variant) => !offered.has(variant.id));
  const earlier = new Map(before.map((variant) => [variant.id, variant]));
  const saved = productSaved({
    aggregateId: id,
    data: {
      productId: id,
      slug,
      name,
      sellerId,
      status,
      version,
      variants: active.map(({ id: variantId, sku }) => ({ variantId, sku })),
      retiredVariantIds: [...new Set(retired.map((variant) => variant.id))],
    },
  });
  const repriced = active.filter((variant) => {
    const known = earlier.get(variant.id);
    return known?.priceMinor !== variant.priceMinor || known.currency !== variant.currency;
  });
  return [
    saved,
    ...repriced.map(({ id: variantId, priceMinor, currency }) =>
      priceChanged({
        aggregateId: variantId,
        data: { variantId, productId: id, priceMinor: priceMinor.toString(), currency },
      }),
    ),
  ];
}
