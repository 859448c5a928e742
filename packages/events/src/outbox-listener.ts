import type { Logger } from '@storegraph/observability';
import pg from 'pg';
import type { Pool } from 'pg';
import { jitter, sleep } from './waiting.js';

const FIRST_RETRY_MILLIS = 100;
const LONGEST_RETRY_MILLIS = 2_000;

/**
 * Calls `wake` whenever a transaction that wrote to the outbox commits, over one connection of its own, and once
 * after every (re)connection, because what was notified in between is lost.
 */
export function listenToOutbox(pool: Pool, wake: () => void, log: Logger): { stop(): Promise<void> } {
  const stopping = new AbortController();
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
    current = client;
    try {
      await client.connect();
      await client.query('LISTEN outbox');
      if (stopping.signal.aborted) return;
      wake();
      await ended;
    } finally {
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
      await listening;
    },
  };
}

/** The pool hides its password from spreading, so it is named. */
function connectionOptions(pool: Pool): pg.ClientConfig {
  return { ...pool.options, password: pool.options.password };
}
