import { loadMany, loadOne } from '@storegraph/subgraph-server';

import { isExpired, type Cart } from './cart.js';
import { findCartsByIds, findLinesOfCarts, findOpenCartsByOwners, type Database } from './cart.store.js';
import { priceCart, type CartPrice, type FullCart } from './price-cart.js';

/** What other slices know about a cart. */
type Neighbours = {
  readonly couponsOfCart: {
    load(cartId: string): Promise<FullCart['coupons']>;
    clear(cartId: string): unknown;
  };
  readonly now: () => Date;
};

export function createCartLoaders(db: Database, { couponsOfCart, now }: Neighbours) {
  const cart = loadOne(
    (ids) => findCartsByIds(db, ids),
    ({ id }) => id,
  );
  const linesOfCart = loadMany(
    (cartIds) => findLinesOfCarts(db, cartIds),
    ({ cartId }) => cartId,
  );
  const prices = new Map<string, Promise<CartPrice>>();

  return {
    cart,
    linesOfCart,
    openCartOfUser: loadOne(
      async (ownerIds) =>
        (await findOpenCartsByOwners(db, ownerIds)).filter((open) => !isExpired(open, now())),
      ({ ownerId }) => ownerId ?? '',
    ),
    cartPrice: {
      load(of: Cart): Promise<CartPrice> {
        const known = prices.get(of.id);
        if (known) return known;
        const price = Promise.all([linesOfCart.load(of.id), couponsOfCart.load(of.id)]).then(
          ([lines, coupons]) => priceCart({ ...of, lines, coupons }, now()),
        );
        prices.set(of.id, price);
        return price;
      },
    },
    /** The cart as it is after a change, which an operation may make several of. */
    changedCart: {
      load(id: string): Promise<Cart | null> {
        cart.clear(id);
        linesOfCart.clear(id);
        couponsOfCart.clear(id);
        prices.delete(id);
        return cart.load(id);
      },
    },
  };
}
