import { expect, it } from 'vitest';
import type { Transaction } from '../src/context.js';
import { inTransaction } from '../src/transaction.js';
import { openShop } from './shop.js';

it('does work again that PostgreSQL undid to end a deadlock', async () => {
  await using shop = await openShop();
  const lock = (tx: Transaction, name: string) =>
    tx.$executeRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtext(${name}))`;
  let tries = 0;
  const work = (first: string, second: string) =>
    inTransaction(shop.deps.prisma, async (tx) => {
      tries += 1;
      await lock(tx, first);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await lock(tx, second);
      return first;
    });
  expect(await Promise.all([work('lamp', 'chair'), work('chair', 'lamp')])).toEqual(['lamp', 'chair']);
  expect(tries).toBe(3);
  await expect(inTransaction(shop.deps.prisma, (tx) => tx.$executeRaw`SELECT 1 / 0`)).rejects.toThrow();
});
