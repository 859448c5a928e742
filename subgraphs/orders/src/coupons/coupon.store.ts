import { Prisma, type Database } from '@storegraph/orders-db';
import type { Coupon, CouponKind } from './coupon.js';

export type { Database } from '@storegraph/orders-db';

/** A coupon in a cart, and how often the cart's owner has used it before. */
export type CartCoupon = {
  readonly cartId: string;
  readonly coupon: Coupon;
  readonly usedByCustomer: number;
};

type Row = Omit<Coupon, 'kind'> & { kind: string };

const toCoupon = (row: Row): Coupon => ({ ...row, kind: row.kind as CouponKind });

const COLUMNS = Prisma.sql`coupon.id, coupon.code, coupon.kind::text AS kind, coupon.value, coupon.currency,
  coupon.minimum_minor AS "minimumMinor", coupon.usage_limit AS "usageLimit",
  coupon.per_customer_limit AS "perCustomerLimit", coupon.used, coupon.starts_at AS "startsAt",
  coupon.ends_at AS "endsAt", coupon.active, coupon.version, coupon.created_at AS "createdAt",
  coupon.updated_at AS "updatedAt"`;

export async function findCouponsByIds(db: Database, ids: readonly string[]): Promise<Coupon[]> {
  return (await db.coupon.findMany({ where: { id: { in: [...ids] } } })).map(toCoupon);
}

export async function findCouponByCode(db: Database, code: string): Promise<Coupon | null> {
  const row = await db.coupon.findUnique({ where: { code } });
  return row && toCoupon(row);
}

/** The coupons of each cart, in the order they were applied. */
export async function findCouponsOfCarts(db: Database, cartIds: readonly string[]): Promise<CartCoupon[]> {
  const rows = await db.$queryRaw<(Row & { cartId: string; usedByCustomer: number })[]>`
    SELECT cart.id AS "cartId", ${COLUMNS}, (
      SELECT count(*)::int FROM coupon_redemptions AS redemption WHERE redemption.coupon_id = coupon.id
        AND redemption.customer_key = coalesce(cart.owner_id, lower(trim(cart.email)))
    ) AS "usedByCustomer"
    FROM cart_coupons AS applied JOIN carts AS cart ON cart.id = applied.cart_id
      JOIN coupons AS coupon ON coupon.id = applied.coupon_id
    WHERE applied.cart_id = ANY (${[...cartIds]}::text[])
    ORDER BY applied.applied_at, coupon.id`;
  return rows.map(({ cartId, usedByCustomer, ...coupon }) => ({
    cartId,
    usedByCustomer,
    coupon: toCoupon(coupon),
  }));
}

/** Newest first, one more than the page. */
export async function findCoupons(
  db: Database,
  page: { first: number; after: string | null },
): Promise<Coupon[]> {
  const rows = await db.coupon.findMany({
    where: page.after === null ? {} : { id: { lt: page.after } },
    orderBy: { id: 'desc' },
    take: page.first + 1,
  });
  return rows.map(toCoupon);
}

/** The coupon, kept from changing until the transaction ends. */
export async function lockCoupon(db: Database, id: string): Promise<Coupon | null> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT ${COLUMNS} FROM coupons AS coupon WHERE coupon.id = ${id} FOR UPDATE`;
  return row ? toCoupon(row) : null;
}

/** Adds a coupon; `false` when the code is taken. */
export async function insertCoupon(db: Database, coupon: Coupon): Promise<boolean> {
  return (await db.coupon.createMany({ data: [coupon], skipDuplicates: true })).count > 0;
}

/** Adds those whose code is free. */
export async function insertCoupons(db: Database, coupons: readonly Coupon[]): Promise<void> {
  await db.coupon.createMany({ data: [...coupons], skipDuplicates: true });
}

export async function findCouponsByCodes(db: Database, codes: readonly string[]): Promise<Coupon[]> {
  return (await db.coupon.findMany({ where: { code: { in: [...codes] } } })).map(toCoupon);
}

export async function updateCoupon(db: Database, id: string, data: Partial<Coupon>): Promise<Coupon> {
  return toCoupon(await db.coupon.update({ where: { id }, data: { ...data, version: { increment: 1 } } }));
}

export async function countUsesByCustomer(
  db: Database,
  couponId: string,
  customerKey: string,
): Promise<number> {
  return db.couponRedemption.count({ where: { couponId, customerKey } });
}

/** Counts one use by an order, in one statement; `false` when the order has used it before. */
export async function insertRedemption(
  db: Database,
  redemption: { couponId: string; orderId: string; customerKey: string; now: Date },
): Promise<boolean> {
  const { couponId, orderId, customerKey, now } = redemption;
  const counted = await db.$executeRaw`
    WITH redeemed AS (
      INSERT INTO coupon_redemptions (coupon_id, order_id, customer_key, redeemed_at)
      VALUES (${couponId}, ${orderId}, ${customerKey}, ${now})
      ON CONFLICT (coupon_id, order_id) DO NOTHING RETURNING coupon_id
    )
    UPDATE coupons SET used = used + 1 FROM redeemed WHERE coupons.id = redeemed.coupon_id`;
  return counted > 0;
}

/** Gives back every use an order made. */
export async function deleteRedemptions(db: Database, orderId: string): Promise<void> {
  await db.$executeRaw`
    WITH returned AS (
      DELETE FROM coupon_redemptions WHERE order_id = ${orderId} RETURNING coupon_id
    )
    UPDATE coupons SET used = used - 1 FROM returned WHERE coupons.id = returned.coupon_id`;
}

export async function insertCartCoupon(
  db: Database,
  applied: { cartId: string; couponId: string; appliedAt: Date },
): Promise<void> {
  await db.cartCoupon.createMany({ data: [applied], skipDuplicates: true });
}

export async function deleteCartCoupon(db: Database, cartId: string, couponId: string): Promise<void> {
  await db.cartCoupon.deleteMany({ where: { cartId, couponId } });
}
