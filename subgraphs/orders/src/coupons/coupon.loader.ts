import { loadMany, loadOne } from '@storegraph/subgraph-server';
import { findCoupons, findCouponsByIds, findCouponsOfCarts, type Database } from './coupon.store.js';

export function createCouponLoaders(db: Database) {
  return {
    coupon: loadOne(
      (ids) => findCouponsByIds(db, ids),
      ({ id }) => id,
    ),
    couponsOfCart: loadMany(
      (cartIds) => findCouponsOfCarts(db, cartIds),
      ({ cartId }) => cartId,
    ),
    coupons: {
      load: (page: { first: number; after: string | null }) => findCoupons(db, page),
    },
  };
}
