import { TourFailed, type Answer, type Visitor } from './client.js';

const PATIENCE_MILLIS = 20_000;

/** One selection over five domains: each event is completed by catalog, media, reviews and accounts. */
const STATUS = `subscription Status($orderId: ID!, $after: Int) { orderStatusChanged(orderId: $orderId, afterSequence: $after) {
  event { sequence status }
  order { number status customer { displayName }
    lines { sku product { name thumbnail { url } rating { average count } brand { name } } } } } }`;

/** An order that is being watched. */
export type Watched = {
  /** Resolves with the event that brings the order to the status. */
  until(status: string): Promise<Answer>;
  stop(): Promise<void>;
};

/** Watches an order from its first event on; nothing is missed, whenever one asks. */
export function watchOrder(visitor: Visitor, orderId: string): Watched {
  const seen: Answer[] = [];
  const waiting = new Set<() => void>();
  const updates = visitor.watch(STATUS, { orderId, after: 0 });
  let failure: unknown = null;
  const reading = (async () => {
    for await (const { orderStatusChanged } of updates) {
      seen.push(orderStatusChanged as Answer);
      for (const wake of waiting) wake();
    }
  })().catch((error: unknown) => {
    failure = error;
    for (const wake of waiting) wake();
  });

  return {
    async until(status) {
      const deadline = Date.now() + PATIENCE_MILLIS;
      while (Date.now() < deadline) {
        const update = seen.find(({ event }) => (event as Answer)['status'] === status);
        if (update) return requireWhole(update);
        if (failure) throw new TourFailed(`watching the order failed: ${String(failure)}`);
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
          setTimeout(wake, 1_000);
        });
      }
      throw new TourFailed(
        `${status} never arrived; seen: ${seen.map(({ event }) => (event as Answer)['status']).join(', ')}`,
      );
    },
    async stop() {
      await updates.return?.();
      await reading;
    },
  };
}

function requireWhole(update: Answer): Answer {
  const products = (update['order'].lines as Answer[]).map(({ product }) => product as Answer | null);
  const parts = {
    customer: update['order'].customer,
    product: products.every(Boolean),
    // Pictures of imported goods come from the network, which may be out of reach; the demonstration's own have some.
    thumbnail: products.some((product) => product?.['thumbnail']),
    rating: products.every((product) => product?.['rating']),
  };
  const missing = Object.entries(parts).filter(([, part]) => !part);
  if (missing.length > 0)
    throw new TourFailed(
      `an update came without ${missing.map(([name]) => name).join(', ')}: ${JSON.stringify(update)}`,
    );
  return update;
}
