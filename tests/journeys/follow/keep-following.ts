import { setTimeout as sleep } from 'node:timers/promises';
import { createClient as createStreamClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { PlacedOrder } from './place-order.js';

export type Transport = 'a socket' | 'an event stream';

/** An entry in the history of an order. */
export type Entry = { readonly sequence: number; readonly status: string; readonly notes: string | null };

/** Somebody who follows an order, and comes back whenever the connection is lost. */
export type Follower = {
  readonly heard: readonly Entry[];
  /** The last sequence seen as each connection was opened. */
  readonly resumedAfter: readonly number[];
  /** Resolves when so many entries were heard. @throws when they were not within half a minute */
  hasHeard(count: number): Promise<void>;
  stop(): Promise<void>;
};

type Answer = {
  data?: { orderStatusChanged?: { event: Entry } | null } | null;
  errors?: readonly unknown[];
};
type Answers = { readonly answers: AsyncIterableIterator<Answer>; leave(): Promise<void> };

const FOLLOW = `subscription Follow($orderId: ID!, $guestToken: String!, $after: Int!) {
  orderStatusChanged(orderId: $orderId, guestToken: $guestToken, afterSequence: $after) {
    event { sequence status notes } order { id lines { product { name } } } } }`;
const COME_BACK_MILLIS = 50;
const PATIENCE_MILLIS = 30_000; // half a minute

const CONNECT: Record<Transport, (url: string, variables: Record<string, unknown>) => Answers> = {
  'a socket'(url, variables) {
    const client = createSocketClient({
      url: `${url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    const answers = client.iterate({ query: FOLLOW, variables }) as AsyncIterableIterator<Answer>;
    return { answers, leave: async () => client.dispose() };
  },
  'an event stream'(url, variables) {
    const client = createStreamClient({ url: `${url}/graphql`, retryAttempts: 0 });
    const answers = client.iterate({ query: FOLLOW, variables }) as AsyncIterableIterator<Answer>;
    return { answers, leave: () => Promise.resolve(client.dispose()) };
  },
};

/** Follows an order from its first entry on. */
export function keepFollowing(transport: Transport, url: string, order: PlacedOrder): Follower {
  const heard: Entry[] = [];
  const resumedAfter: number[] = [];
  let hasStopped = false;
  let leave = () => Promise.resolve();
  let refusal: unknown = null;

  const listen = async (): Promise<void> => {
    const after = heard.at(-1)?.sequence ?? 0;
    const connection = CONNECT[transport](url, { orderId: order.id, guestToken: order.guestToken, after });
    leave = () => connection.leave();
    let isFirst = true;
    for await (const { data, errors } of connection.answers) {
      const entry = data?.orderStatusChanged?.event;
      if (!entry || errors) {
        // A gateway that has only just begun may not reach every subgraph yet; anything else is for the test to see.
        refusal = errors ?? data;
        break;
      }
      if (isFirst) resumedAfter.push(after);
      isFirst = false;
      refusal = null;
      heard.push(entry);
    }
    await connection.leave();
  };
  const following = (async () => {
    while (!hasStopped) {
      await listen().catch(() => leave());
      await sleep(COME_BACK_MILLIS);
    }
  })();

  return {
    heard,
    resumedAfter,
    async hasHeard(count) {
      const deadline = Date.now() + PATIENCE_MILLIS;
      while (heard.length < count) {
        if (Date.now() > deadline)
          throw new Error(`${heard.length} of ${count} entries were heard; ${JSON.stringify(refusal)}`);
        await sleep(20);
      }
    },
    async stop() {
      hasStopped = true;
      await leave();
      await following;
    },
  };
}
