import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../packages/database/src/index.js';
import { openShop, OPENING_MILLIS, type Shop } from '../supergraph/shop/open-shop.js';
import { sendBuyers } from './buyers.js';
import { stockEndlessly } from './endless-stock.js';
import { until } from './until.js';

const WRITES_AGAIN_WITHIN_MILLIS = 10_000; // ten seconds, the promise

let folder: string;
let postgres: EmbeddedPostgres;
let shop: Shop;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'storegraph-resilience-'));
  await chmod(folder, 0o755); // as root the server runs as somebody who has to get in
  postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  shop = await openShop({ postgresUrl: postgres.url });
  await stockEndlessly(shop);
}, OPENING_MILLIS);
afterAll(async () => {
  await shop?.[Symbol.asyncDispose]();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function serves(): Promise<boolean> {
  return shop.domains.orders.pool.query('SELECT 1').then(Boolean, () => false);
}

describe('a PostgreSQL that is killed while people buy', () => {
  test('comes back with every order that was acknowledged, and takes new ones within ten seconds', async () => {
    const buyers = await sendBuyers(shop, 4);
    await until(() => buyers.acknowledged.length >= 8);

    const killed = postgres.pid;
    process.kill(killed, 'SIGKILL');
    await until(() => postgres.pid !== killed);
    await until(serves);
    const backAt = performance.now();
    const isNew = ({ at }: { at: number }) => at > backAt;
    await until(() => buyers.acknowledged.filter(isNew).length >= 8, WRITES_AGAIN_WITHIN_MILLIS);
    await buyers.stop();

    expect(buyers.failures()).toBeGreaterThan(0);
    const ids = buyers.acknowledged.map(({ id }) => id);
    const { rows } = await shop.domains.orders.pool.query<{ id: string }>(
      'SELECT id FROM orders WHERE id = ANY($1::text[])',
      [ids],
    );
    expect(rows).toHaveLength(new Set(ids).size);
    for (const { id, buyer } of buyers.acknowledged) {
      const { data } = await buyer.ask('query Mine($id: ID!) { order(id: $id) { id } }', { id });
      expect(data['order']).toEqual({ id });
    }
    expect((await fetch(`${shop.url}/health/ready`)).status).toBe(200);
    await shop.settled();
  });
});
