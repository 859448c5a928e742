import { seedOrders, type CouponSeed } from '@storegraph/orders/seed';
import type { DemoCoupon, DemoShop } from '../demo/demo-data.js';
import type { Domains } from '../domains.js';
import type { SeededGoods } from './seed-goods.js';

const DAY_MILLIS = 86_400_000;

/** Opens the warehouses, puts the goods on their shelves and prints the coupons. */
export async function seedTrade(
  { orders }: Domains,
  shop: DemoShop,
  { goods, now }: { goods: SeededGoods; now: Date },
): Promise<void> {
  const productOf = new Map(
    shop.products.flatMap(({ slug, variants }) =>
      variants.map(({ sku }) => [sku, goods.productIds.get(slug)]),
    ),
  );
  const seed = {
    warehouses: shop.warehouses.map(({ code, name, address }, priority) => ({
      code,
      name,
      country: address.country,
      priority,
      isDefault: priority === 0,
    })),
    stock: shop.stock.flatMap(({ sku, warehouseCode, onHand, lowStockThreshold }) => {
      const [variantId, productId] = [goods.variantIds.get(sku), productOf.get(sku)];
      if (!variantId || !productId) return [];
      return [{ variantId, productId, sku, warehouse: warehouseCode, quantity: onHand, lowStockThreshold }];
    }),
    coupons: shop.coupons.map((coupon) => couponOf(coupon, now)),
  };
  // The goods say themselves whether they are in stock; thousands of news would only delay the first orders'.
  await seedOrders(orders.deps, seed, { announce: false });
}

function couponOf(coupon: DemoCoupon, now: Date): CouponSeed {
  const { code, benefit, minimumSubtotalMinor, usageLimit, perCustomerLimit, endsInDays } = coupon;
  return {
    code,
    minimumMinor: minimumSubtotalMinor,
    usageLimit,
    perCustomerLimit,
    endsAt: endsInDays === null ? null : new Date(now.getTime() + endsInDays * DAY_MILLIS),
    ...benefitOf(benefit),
  };
}

function benefitOf(benefit: DemoCoupon['benefit']): Pick<CouponSeed, 'kind' | 'value'> {
  switch (benefit.kind) {
    case 'percent':
      return { kind: 'PERCENT', value: BigInt(benefit.percent * 100) };
    case 'amount':
      return { kind: 'AMOUNT', value: benefit.amountMinor };
    case 'free-shipping':
      return { kind: 'FREE_SHIPPING', value: 0n };
  }
}
