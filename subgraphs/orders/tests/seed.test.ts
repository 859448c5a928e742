import { expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { seedOrders, type OrdersSeed } from '../src/seed.js';
import { openShop } from './shop.js';

it('a demonstration shop is filled once, however often it is seeded', async () => {
  await using shop = await openShop();
  const variantId = newId('variant');
  const seed: OrdersSeed = {
    warehouses: [
      { code: 'EAST', name: 'East', country: 'US', priority: 1, isDefault: true },
      { code: 'WEST', name: 'West', country: 'US', priority: 2 },
    ],
    stock: [
      { variantId, productId: newId('product'), sku: 'LAMP', warehouse: 'EAST', quantity: 4 },
      { variantId, productId: newId('product'), sku: 'LAMP', warehouse: 'WEST', quantity: 6 },
    ],
    coupons: [{ code: 'welcome10', kind: 'PERCENT', value: 1_000n }],
  };
  const first = await seedOrders(shop.deps, seed);
  expect(await seedOrders(shop.deps, seed)).toEqual(first);
  expect([...first.couponIds.keys()]).toEqual(['WELCOME10']);
  expect(await shop.levels(variantId)).toMatchObject([{ available: 4 }, { available: 6 }]);
  const { rows } = await shop.orders.subgraph.pool.query(
    `SELECT data->>'sellable' AS sellable FROM outbox_events WHERE aggregate_id = $1`,
    [variantId],
  );
  expect(rows).toEqual([{ sellable: '10' }]);
});
