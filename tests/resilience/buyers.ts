import { setTimeout as sleep } from 'node:timers/promises';
import type { Shop } from '../supergraph/shop/open-shop.js';
import { placeOrder } from '../supergraph/shop/victim.js';
import { signIn, type Visitor } from '../supergraph/shop/visitor.js';

/** An order the shop has said yes to, and when. */
export type Acknowledged = { readonly id: string; readonly buyer: Visitor; readonly at: number };

/** Shoppers who order one thing after the other, whatever happens, until they are stopped. */
export type Buyers = {
  readonly acknowledged: readonly Acknowledged[];
  /** How many tries came to nothing. */
  readonly failures: () => number;
  stop(): Promise<void>;
};

const PAUSE_AFTER_FAILURE_MILLIS = 50;

export async function sendBuyers(shop: Shop, count: number): Promise<Buyers> {
  const people = shop.demo.people.filter(({ role }) => role === 'customer').slice(0, count);
  const buyers = await Promise.all(people.map(({ email }) => signIn(shop, email)));
  const acknowledged: Acknowledged[] = [];
  let failures = 0;
  let isGoingOn = true;
  const buy = async (buyer: Visitor): Promise<void> => {
    while (isGoingOn) {
      try {
        const order = await placeOrder(shop, buyer);
        acknowledged.push({ id: String(order['id']), buyer, at: performance.now() });
      } catch {
        failures += 1;
        await sleep(PAUSE_AFTER_FAILURE_MILLIS);
      }
    }
  };
  const all = Promise.all(buyers.map(buy));
  return {
    acknowledged,
    failures: () => failures,
    async stop() {
      isGoingOn = false;
      await all;
    },
  };
}
