import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRedisServer, OwnRedis } from '../../packages/testkit/src/index.js';
import { freePorts, run, untilReady, type Process } from '../journeys/processes.js';
import { openShop, OPENING_MILLIS, type Shop } from '../supergraph/shop/open-shop.js';
import { sendBuyers } from './buyers.js';
import { stockEndlessly } from './endless-stock.js';
import { until } from './until.js';

const DELIVERED_WITHIN_MILLIS = 5_000; // five seconds, the promise

let folder: string;
let redis: OwnRedis;
let shop: Shop;
/** Another process of the same shop, on the same databases and the same Redis. */
let replica: Process & { readonly url: string };

beforeAll(async () => {
  if (!hasRedisServer) return;
  folder = await mkdtemp(join(tmpdir(), 'storegraph-resilience-'));
  redis = await OwnRedis.start();
  shop = await openShop({ redisUrl: redis.url });
  await stockEndlessly(shop);
  replica = await startReplica();
}, OPENING_MILLIS);
afterAll(async () => {
  await replica?.stop();
  await shop?.[Symbol.asyncDispose]();
  await redis?.[Symbol.asyncDispose]();
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function startReplica(): Promise<typeof replica> {
  const port = await freePorts(1);
  const database = new URL(shop.serverUrl);
  database.pathname = `/${shop.databaseOf('orders').replace(/_orders$/, '')}`;
  const started = run(process.execPath, ['--import', 'tsx', 'standalone/src/main.ts'], {
    PORT: String(port),
    DATABASE_URL: database.href,
    REDIS_URL: redis.url,
    DATA_DIR: folder,
    DEMO_DATA: 'false',
    LOGIN_ATTEMPTS_PER_ADDRESS: '100000',
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, started);
  return { ...started, url };
}

/** Changes of stock that orders has committed, and catalog has not handled. */
async function unheard(): Promise<string[]> {
  const { orders, catalog } = shop.domains;
  const told = await orders.pool.query<{ id: string }>(
    `SELECT id FROM outbox_events WHERE type = 'stock.changed'`,
  );
  const heard = await catalog.pool.query<{ event_id: string }>('SELECT event_id FROM inbox_events');
  const known = new Set(heard.rows.map(({ event_id }) => event_id));
  return told.rows.map(({ id }) => id).filter((id) => !known.has(id));
}

describe.skipIf(!hasRedisServer)('a process of the shop that is killed while people buy', () => {
  test('takes no acknowledged order with it, and no event', async () => {
    const buyers = await sendBuyers({ ...shop, url: replica.url }, 4);
    await until(() => buyers.acknowledged.length >= 12);
    const killedAt = performance.now();
    await replica.kill();
    await until(() => buyers.failures() > 0);
    await buyers.stop();

    const ids = buyers.acknowledged.map(({ id }) => id);
    const { pool } = shop.domains.orders;
    const { rows } = await pool.query('SELECT id FROM orders WHERE id = ANY($1::text[])', [ids]);
    expect(rows).toHaveLength(new Set(ids).size);

    await until(async () => (await unheard()).length === 0);
    expect(performance.now() - killedAt).toBeLessThan(DELIVERED_WITHIN_MILLIS);
    const left = await pool.query('SELECT id FROM outbox_events WHERE published_at IS NULL');
    expect(left.rows).toEqual([]);
  });
});
