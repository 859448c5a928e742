import { stockChanged, stockLow, type DomainEvent } from '@storegraph/events';
import { availabilityOf, type StockLevel } from './stock.js';

/** All low-stock news share one lane: staff watch them together. */
export const LOW_STOCK_LANE = 'low';

/** What other domains hear when levels have changed: nothing about variants of which as much can be sold as before. */
export function announcements(
  before: readonly StockLevel[],
  after: readonly StockLevel[],
  now: Date,
): DomainEvent[] {
  const earlier = byVariant(before);
  return [...byVariant(after)].flatMap(([variantId, levels]) => {
    const was = availabilityOf(earlier.get(variantId) ?? [], now);
    const is = availabilityOf(levels, now);
    if (was.sellable === is.sellable && was.inStock === is.inStock) return [];
    const { sellable, inStock } = is;
    const productId = levels.find((level) => level.productId)?.productId ?? null;
    const change = stockChanged({
      aggregateId: variantId,
      data: { variantId, productId, sellable, inStock, wasInStock: was.inStock },
    });
    const ranLow = is.lowStock && !was.lowStock && is.sellable < was.sellable;
    if (!ranLow) return [change];
    return [change, stockLow({ aggregateId: LOW_STOCK_LANE, data: { variantId, productId, sellable } })];
  });
}

/** The present state of variants, whether or not it is news. */
export function stateOf(levels: readonly StockLevel[], now: Date): DomainEvent[] {
  return [...byVariant(levels)].map(([variantId, own]) => {
    const { sellable, inStock } = availabilityOf(own, now);
    const productId = own.find((level) => level.productId)?.productId ?? null;
    return stockChanged({ aggregateId: variantId, data: { variantId, productId, sellable, inStock } });
  });
}

function byVariant(levels: readonly StockLevel[]): Map<string, StockLevel[]> {
  const groups = new Map<string, StockLevel[]>();
  for (const level of levels) {
    const group = groups.get(level.variantId);
    if (group) group.push(level);
    else groups.set(level.variantId, [level]);
  }
  return groups;
}
