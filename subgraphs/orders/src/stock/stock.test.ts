import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  availabilityOf,
  changed,
  countAs,
  hold,
  receive,
  release,
  sell,
  splitOverLevels,
  sumByVariant,
  takeBack,
  withdraw,
  type StockLevel,
} from './stock.js';

const NOW = new Date('2026-03-01T00:00:00.000Z');
const level = (given: Partial<StockLevel>): StockLevel => ({
  variantId: 'v',
  warehouseId: 'w',
  productId: null,
  sku: null,
  available: 0,
  reserved: 0,
  sold: 0,
  backordered: 0,
  lowStockThreshold: 5,
  backorderable: false,
  restockAt: null,
  updatedAt: NOW,
  active: true,
  priority: 1,
  ...given,
});
const shares = (levels: StockLevel[], quantity: number) =>
  splitOverLevels(levels, quantity)?.map((part) => [part.level.warehouseId, part.quantity]) ?? null;

describe('a demand', () => {
  const near = level({ warehouseId: 'near', available: 3, priority: 1 });
  const far = level({ warehouseId: 'far', available: 10, priority: 2 });

  it('is served whole by the first warehouse that has enough', () => {
    expect(shares([far, near], 3)).toEqual([['near', 3]]);
    expect(shares([far, near], 5)).toEqual([['far', 5]]);
  });

  it('is split by priority when no warehouse has enough', () => {
    expect(shares([far, near], 12)).toEqual([
      ['near', 3],
      ['far', 9],
    ]);
    expect(shares([far, near], 14)).toBeNull();
  });

  it('goes ahead of stock only where that is allowed, and never to a closed warehouse', () => {
    expect(shares([far, { ...near, backorderable: true }], 14)).toEqual([
      ['near', 4],
      ['far', 10],
    ]);
    expect(shares([{ ...far, active: false }], 1)).toBeNull();
  });

  it('is summed per variant, in the order of locking', () => {
    const lines = [
      { variantId: 'b', quantity: 1 },
      { variantId: 'a', quantity: 2 },
      { variantId: 'b', quantity: 3 },
    ];
    expect(sumByVariant(lines)).toEqual([
      { variantId: 'a', quantity: 2 },
      { variantId: 'b', quantity: 4 },
    ]);
  });
});

describe('availability', () => {
  it('counts open warehouses only and is negative when sold ahead of stock', () => {
    const levels = [
      level({ available: 4 }),
      level({ available: 9, active: false }),
      level({ backordered: 6, backorderable: true }),
    ];
    expect(availabilityOf(levels, NOW)).toMatchObject({ sellable: -2, inStock: true, lowStock: true });
    expect(availabilityOf([], NOW)).toMatchObject({ sellable: 0, inStock: false, lowStock: false });
  });
});

describe('a level', () => {
  const steps = fc.array(
    fc.tuple(
      fc.constantFrom('hold', 'release', 'sell', 'take-back', 'receive', 'withdraw', 'count'),
      fc.integer({ min: 1, max: 20 }),
    ),
    { maxLength: 60 },
  );

  it('accounts for every unit put in, whatever happens to it', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (taken, backorderable) => {
        let now = level({ backorderable });
        let putIn = 0;
        const book = (next: StockLevel) => next.available + next.reserved + next.sold - next.backordered;
        for (const [step, quantity] of taken) {
          const change = {
            hold: () => (splitOverLevels([now], quantity) ? hold(now, quantity) : null),
            release: () => (now.reserved >= quantity ? release(now, quantity) : null),
            sell: () => (now.reserved >= quantity ? sell(quantity) : null),
            'take-back': () => (now.sold >= quantity ? takeBack(now, quantity) : null),
            receive: () => receive(now, quantity),
            withdraw: () => withdraw(now, quantity),
            count: () => countAs(now, quantity),
          }[step]?.();
          if (!change) continue;
          const next = changed(now, change, NOW);
          if (['receive', 'withdraw', 'count'].includes(step)) putIn += book(next) - book(now);
          now = next;
          expect(book(now)).toBe(putIn);
          for (const counter of [now.available, now.reserved, now.sold, now.backordered])
            expect(counter).toBeGreaterThanOrEqual(0);
          if (step === 'count') expect(now.available + now.reserved - now.backordered).toBe(quantity);
        }
      }),
    );
  });
});
