import { describe, expect, it } from 'vitest';
import { chooseGoods } from './tour/goods.js';
import { takeTour } from './tour/tour.js';
import { openShop, TOPOLOGIES } from './topologies.js';

const MINUTES = 60_000;

describe.each(TOPOLOGIES)('a day in the shop, %s', (topology) => {
  it(
    'from an imported file to a paid, shipped, reviewed and partly refunded order',
    async () => {
      await using shop = await openShop(topology);
      const goods = chooseGoods(process.env);
      const { steps, imported } = await takeTour(shop.url, goods, () => undefined).catch((error: unknown) => {
        throw new Error(`${String(error)}\n\nThe shop said:\n${shop.process.output().slice(-6_000)}`, {
          cause: error,
        });
      });
      expect(steps.length).toBeGreaterThanOrEqual(17);
      expect(imported).toMatchObject({ status: 'DONE', failed: 0, errors: 0 });
      if (goods.file.endsWith('bicycles.csv'))
        expect(imported).toMatchObject({ processed: 284, variants: 1_121 });
    },
    5 * MINUTES,
  );
});
