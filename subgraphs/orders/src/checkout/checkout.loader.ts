import { loadOne } from '@storegraph/subgraph-server';
import { findHoldsOfCarts, type Database } from './checkout.store.js';

export function createCheckoutLoaders(db: Database, now: () => Date) {
  return {
    holdOfCart: loadOne(
      (cartIds) => findHoldsOfCarts(db, cartIds, now()),
      ({ cartId }) => cartId,
    ),
  };
}
