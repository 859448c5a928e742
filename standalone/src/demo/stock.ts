import type { DemoProduct, DemoStock, DemoWarehouse } from './demo-data.js';
import { randomFrom } from './seeded-random.js';

export const DEMO_WAREHOUSES: readonly DemoWarehouse[] = [
  {
    code: 'EAST',
    name: 'Hudson Valley warehouse',
    address: { street: '48 Quarry Lane', city: 'Kingston', state: 'NY', zip: '12401', country: 'US' },
  },
  {
    code: 'WEST',
    name: 'Sierra warehouse',
    address: { street: '910 Sagebrush Way', city: 'Sparks', state: 'NV', zip: '89431', country: 'US' },
  },
];

const LOW_STOCK_THRESHOLD = 5;

/** Units of every variant in both warehouses: most are plentiful, some are running low, some are gone. */
export function* generateStock(products: Iterable<DemoProduct>, seed: string): Generator<DemoStock> {
  for (const { variants } of products) {
    for (const { sku } of variants) {
      const random = randomFrom(`${seed}/stock/${sku}`);
      const situation = random.weighted([
        ['gone', 6],
        ['low', 9],
        ['one-sided', 15],
        ['plenty', 70],
      ] as const);
      const east = { gone: 0, low: random.int(0, 3), 'one-sided': 0, plenty: random.int(6, 60) }[situation];
      const west = {
        gone: 0,
        low: east === 0 ? 2 : 0,
        'one-sided': random.int(8, 50),
        plenty: random.int(4, 80),
      }[situation];
      yield { sku, warehouseCode: 'EAST', onHand: east, lowStockThreshold: LOW_STOCK_THRESHOLD };
      yield { sku, warehouseCode: 'WEST', onHand: west, lowStockThreshold: LOW_STOCK_THRESHOLD };
    }
  }
}
