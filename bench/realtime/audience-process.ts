/** A process that plays the people who follow orders, each over a socket of their own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { percentile } from '../load/percentile.js';
import type { FromAudience, Heard, ToAudience } from './audience-messages.js';
import type { PlacedOrder } from '../operations/guest.js';

const FOLLOW = `subscription Follow($orderId: ID!, $guestToken: String!) {
  orderStatusChanged(orderId: $orderId, guestToken: $guestToken) {
    event { sequence at } order { id status lines { sku product { name } } } } }`;
const OPENING_AT_ONCE = 50;
const SETTLE_MILLIS = 2_000; // two seconds from the last socket's subscription to its arrival at the subgraph
const NEWS_WITHIN_MILLIS = 30_000; // half a minute

type Update = {
  event: { sequence: number; at: string };
  order: { id: string; lines: { product: { name: string } | null }[] };
};

const latencies: number[] = [];
let firstAt = 0;
let lastAt = 0;

process.on('message', (message: ToAudience) => {
  handle(message).catch(fail);
});
process.once('disconnect', () => process.exit());

async function handle(message: ToAudience): Promise<void> {
  if (message.kind === 'seat') {
    await seat(message);
    return tell({ kind: 'seated' });
  }
  const deadline = Date.now() + NEWS_WITHIN_MILLIS;
  while (latencies.length < message.events) {
    if (Date.now() > deadline)
      throw new Error(`${latencies.length} of ${message.events} events came in half a minute`);
    await sleep(50);
  }
  await sleep(500); // whatever should not come would come now
  if (latencies.length > message.events)
    throw new Error(`${latencies.length} events came instead of ${message.events}`);
  tell({ kind: 'heard', heard: summary() });
}

async function seat({ url, orders, subscribers }: Extract<ToAudience, { kind: 'seat' }>): Promise<void> {
  for (let first = 0; first < subscribers; first += OPENING_AT_ONCE) {
    const seats = Array.from({ length: Math.min(OPENING_AT_ONCE, subscribers - first) }, (_, index) => {
      const order = orders[(first + index) % orders.length];
      if (!order) throw new TypeError('there are no orders to follow');
      return follow(url, order);
    });
    await Promise.all(seats);
  }
  await sleep(SETTLE_MILLIS);
}

/** Resolves when the subscription is on its way. */
function follow(url: string, order: PlacedOrder): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  let sequence = 0;
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', (code, reason) => fail(new Error(`a socket closed: ${code} ${reason.toString()}`)));
    socket.once('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { type: string; payload: { data: unknown } };
      if (message.type === 'connection_ack') {
        const variables = { orderId: order.id, guestToken: order.guestToken };
        const payload = { query: FOLLOW, variables };
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }), () => resolve());
      } else if (message.type === 'next') sequence = hear(message.payload, { order, sequence });
      else fail(new Error(`a subscriber was told ${data.toString()}`));
    });
  });
}

/** @returns the sequence of the update, which must be whole, the next one, and of the subscriber's own order */
function hear(
  payload: { data: unknown },
  { order, sequence }: { order: PlacedOrder; sequence: number },
): number {
  const update = (payload.data as { orderStatusChanged: Update } | null)?.orderStatusChanged;
  const isNext = sequence === 0 || update?.event.sequence === sequence + 1;
  if (!update || update.order.id !== order.id || !isNext || !update.order.lines[0]?.product) {
    fail(new Error(`after ${sequence} of ${order.id} came ${JSON.stringify(payload)}`));
    return sequence;
  }
  lastAt = Date.now();
  firstAt ||= lastAt;
  latencies.push(lastAt - Date.parse(update.event.at));
  return update.event.sequence;
}

function summary(): Heard {
  return {
    events: latencies.length,
    p50Millis: percentile(latencies, 50),
    p99Millis: percentile(latencies, 99),
    maxMillis: percentile(latencies, 100),
    elapsedMillis: lastAt - firstAt,
  };
}

function fail(error: unknown): void {
  tell({ kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

function tell(message: FromAudience): void {
  process.send?.(message);
}
