import { expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { shopper } from '@storegraph/testkit';
import { seedPastOrders, type PastOrder } from '../src/seed.js';
import { HOME } from './till.js';
import { openShop } from './shop.js';

const DAY_MILLIS = 86_400_000;

it('gives a demonstration shop a past once, consistent to the cent, and tells the others what was bought', async () => {
  await using shop = await openShop();
  const ada = shopper();
  const statuses = ['AWAITING_PAYMENT', 'PAID', 'PROCESSING', 'SHIPPED', 'DELIVERED', 'CANCELLED'] as const;
  const past = [...statuses, 'PARTIALLY_REFUNDED' as const, 'REFUNDED' as const].map(
    (status, index): PastOrder => ({
      key: `order-${index}`,
      customerId: ada.id,
      email: 'ada@example.com',
      status,
      placedAt: new Date(Date.now() - (20 + index) * DAY_MILLIS),
      shippingAddress: { ...HOME, state: 'CA', phone: null, street2: null },
      shippingOption: 'standard',
      notes: null,
      lines: [
        {
          variantId: newId('variant'),
          productId: newId('product'),
          sellerId: null,
          sku: `SKU-${index}`,
          productName: 'Desk lamp',
          variantName: 'Oak',
          quantity: 2,
          unitPriceMinor: 1_999n,
        },
      ],
    }),
  );
  const ids = await seedPastOrders(shop.deps, past, { announce: true });
  expect(await seedPastOrders(shop.deps, past, { announce: true })).toEqual(ids);
  expect(ids.size).toBe(8);

  const { pool } = shop.orders.subgraph;
  const announced = await pool.query("SELECT data, occurred_at FROM outbox_events WHERE type = 'order.paid'");
  expect(announced.rows).toHaveLength(6);
  expect(announced.rows[0]?.occurred_at.getTime()).toBeLessThan(Date.now() - 19 * DAY_MILLIS);

  const LIST = `query ($users: [_Any!]!) { _entities(representations: $users) { ... on User { orders(first: 10) { totalCount
    edges { node { status totals { total { minor } tax { minor } } timeline { sequence status } payments { status captured { minor } }
      shipments { status lines { quantity } } refunds { status } } } } } } }`;
  shop.orders.statements.length = 0;
  const { data } = await shop.orders.ask(LIST, { users: [{ __typename: 'User', id: ada.id }] }, ada);
  const asked = shop.orders.statements.filter((statement) => !statement.includes('provider_events'));
  expect(asked).toHaveLength(9);
  const { orders } = data['_entities'][0];
  expect(orders.totalCount).toBe(8);
  const nodes = orders.edges.map((edge: { node: { status: string } }) => edge.node);
  expect(nodes.map((node: { status: string }) => node.status)).toEqual(past.map(({ status }) => status));
  expect(nodes[4]).toMatchObject({
    totals: { total: { minor: '4883' }, tax: { minor: '290' } },
    payments: [{ status: 'CAPTURED', captured: { minor: '4883' } }],
    shipments: [{ status: 'DELIVERED', lines: [{ quantity: 2 }] }],
  });
  expect(nodes[4].timeline).toHaveLength(5);
  expect(nodes[7].refunds).toEqual([{ status: 'SUCCEEDED' }]);
});
