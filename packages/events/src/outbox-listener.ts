import type { Logger } from '@storegraph/observability';
import pg from 'pg';
import type { Pool } from 'pg';
import { jitter, sleep, within } from './waiting.js';

const FIRST_RETRY_MILLIS = 100;
const LONGEST_RETRY_MILLIS = 2_000;
const STOP_GRACE_MILLIS = 3_000;

/**
 * Calls `wake` whenever a transaction that wrote to the outbox commits, over one connection of its own, and once
 * after every (re)connection, because what was notified in between is lost.
 */
export function listenToOutbox(pool: Pool, wake: () => void, log: Logger): { stop(): Promise<void> } {
  const stopping = new AbortController();
  /** Only while connected: pg never settles a `connect()` that is ended on its way. */
  let current: pg.Client | undefined;

  async function listenOnce(): Promise<void> {
    const client = new pg.Client({ ...connectionOptions(pool), keepAlive: true });
    const ended = new Promise<void>((resolve) => {
      client.once('end', resolve);
      client.on('error', (err: Error) => {
        log.warn({ err }, 'the connection that listens to the outbox was lost');
        resolve();
      });
    });
    client.on('notification', wake);
    try {
      await client.connect();
      if (stopping.signal.aborted) return;
      current = client;
      await client.query('LISTEN outbox');
      wake();
      await ended;
    } finally {
      current = undefined;
      await client.end().catch(() => undefined);
    }
  }

  async function keepListening(): Promise<void> {
    let retryMillis = FIRST_RETRY_MILLIS;
    while (!stopping.signal.aborted) {
      const startedAt = Date.now();
      await listenOnce().catch((err: unknown) => log.warn({ err }, 'cannot listen to the outbox'));
      const lived = Date.now() - startedAt > LONGEST_RETRY_MILLIS;
      retryMillis = lived ? FIRST_RETRY_MILLIS : Math.min(retryMillis * 2, LONGEST_RETRY_MILLIS);
      await sleep(jitter(retryMillis), stopping.signal);
    }
  }

  const listening = keepListening();
  return {
    async stop() {
      stopping.abort();
      await current?.end().catch(() => undefined);
      await within(STOP_GRACE_MILLIS, listening);
    },
  };
}

/** The pool hides its password from spreading, so it is named. */
function connectionOptions(pool: Pool): pg.ClientConfig {
  return { ...pool.options, password: pool.options.password };
}
