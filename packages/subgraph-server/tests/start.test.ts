import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { connectMessaging } from '@storegraph/events';
import { setLogLevel } from '@storegraph/observability';
import { createRemoteLink, defineSubgraph, listen, startSubgraph, type Surroundings } from '../src/index.js';
import { guest, startTestSubgraph, testDatabase } from '../../testkit/src/index.js';
import type { Config } from './bookshop-context.js';
import { bookshop } from './bookshop.js';
import { slowProxyTo } from './slow-proxy.js';

setLogLevel('silent'); // these tests fail things on purpose

const surroundings = (databaseUrl: string): Surroundings<Config> => ({
  config: {},
  databaseUrl,
  messaging: connectMessaging(),
  serviceKeys: ['a-service-key-that-only-tests-ever-use'],
  link: () => {
    throw new TypeError('the bookshop has no neighbours');
  },
});

/** Connections of anybody else to the database; those that were just ended need a moment to go. */
async function connectionsTo(url: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (let tries = 0; ; tries += 1) {
      const { rows } = await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
      );
      const count = rows[0]?.count ?? -1;
      if (count === 0 || tries === 50) return count;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    await client.end();
  }
}

describe('a subgraph', () => {
  it('creates and migrates its database, answers, and leaves nothing open', async () => {
    await using database = await testDatabase('bookshop');
    const ticks: number[] = [];
    const running = await startSubgraph(bookshop, {
      ...surroundings(database.url),
      config: { jobs: [{ name: 'tick', everySeconds: 0.01, run: async () => void ticks.push(1) }] },
    });
    const { rows } = await running.pool.query('SELECT title FROM books ORDER BY id');
    expect(rows).toEqual([{ title: 'Emma' }, { title: 'Persuasion' }]);
    await running.drained();
    expect(await running.isReady()).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([running.close(), running.close()]);
    const count = ticks.length;
    expect(count).toBeGreaterThan(0);
    expect(await connectionsTo(database.url)).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ticks).toHaveLength(count);
  });

  it('tells for how long its oldest event has been waiting, in process and by its health page', async () => {
    await using database = await testDatabase('bookshop');
    const first = await startSubgraph(bookshop, surroundings(database.url));
    await first.pool.query(
      `INSERT INTO outbox_events (id, type, aggregate_type, aggregate_id, data, occurred_at, claimed_by, claimed_until)
       VALUES ('e1', 'book.sold', 'book', 'b1', '{}', now() - interval '90 seconds', 'somebody else', now() + interval '1 hour')`,
    );
    await first.close();
    const running = await startSubgraph(bookshop, surroundings(database.url));
    const server = await listen(running, { host: '127.0.0.1', port: 0, version: '1.2.3' });
    const link = createRemoteLink({ name: 'bookshop', url: `${server.url}/graphql`, timeoutMillis: 1_000 });
    await expect
      .poll(async () => (await running.report?.())?.eventLagSeconds ?? 0)
      .toBeGreaterThanOrEqual(90);
    const report = await running.report?.();
    expect(report?.version).toBeNull();
    expect(await link.report?.()).toEqual({ ...report, version: '1.2.3' });
    await server.close();
    expect(await link.report?.()).toBeNull();
    await link.close();
  });

  it.each([
    ['its dependencies', { createDeps: () => Promise.reject(new Error('no key')) }],
    [
      'its routes',
      {
        routes: () => {
          throw new Error('no key');
        },
      },
    ],
    [
      'its handlers',
      {
        handlers: () => {
          throw new Error('no key');
        },
      },
    ],
    [
      'its jobs, after the relay has started,',
      {
        jobs: () => {
          throw new Error('no key');
        },
      },
    ],
  ])('that fails to start for %s leaves nothing running', async (_what, broken) => {
    await using database = await testDatabase('bookshop');
    const definition = defineSubgraph({ ...bookshop, ...broken });
    await expect(startSubgraph(definition, surroundings(database.url))).rejects.toThrow('no key');
    expect(await connectionsTo(database.url)).toBe(0);
  });

  it('does not touch its database when its own rules are wrong', async () => {
    const definition = defineSubgraph({ ...bookshop, policies: {} });
    const unreachable = surroundings('postgres://postgres@127.0.0.1:1/nothing');
    await expect(startSubgraph(definition, unreachable)).rejects.toThrow(/unknown policy "owner"/);
  });

  it('does not start without its database', async () => {
    const unreachable = surroundings('postgres://postgres@127.0.0.1:1/nothing');
    await expect(startSubgraph(bookshop, unreachable)).rejects.toThrow();
  });

  it('answers for itself when its context cannot be made', async () => {
    const definition = defineSubgraph({
      ...bookshop,
      createContext: () => {
        throw new Error('the secret of the context');
      },
    });
    await using shop = await startTestSubgraph(definition, { config: {} });
    const answers = [
      await shop.ask('{ echo(number: 1) }'),
      (await (await shop.subscribe('subscription { breaking }', {}, guest)).next()).value,
    ];
    for (const answer of answers) {
      expect(answer.code).toBe('INTERNAL_SERVER_ERROR');
      expect(JSON.stringify(answer)).not.toContain('secret');
    }
  });

  it('is not ready within two seconds of its database falling silent', async () => {
    await using database = await testDatabase('bookshop');
    await using proxy = await slowProxyTo(database.url);
    const running = await startSubgraph(bookshop, surroundings(proxy.url));
    const server = await listen(running, { host: '127.0.0.1', port: 0, version: '1' });
    try {
      expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
      proxy.fallSilent();
      const before = Date.now();
      const response = await fetch(`${server.url}/health/ready`);
      expect(Date.now() - before).toBeLessThan(2_000);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({
        success: false,
        dependencies: { database: 'unavailable' },
      });
      expect((await fetch(`${server.url}/health`)).status).toBe(200);
    } finally {
      await proxy[Symbol.asyncDispose]();
      await server.close();
    }
  });
});
