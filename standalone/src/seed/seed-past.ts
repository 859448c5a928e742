import { seedPastOrders, type PastOrder } from '@storegraph/orders/seed';
import type { DemoOrder, DemoProduct, DemoShop } from '../demo/demo-data.js';
import type { Domains } from '../domains.js';
import { minutesBefore } from './moments.js';
import type { SeededGoods } from './seed-goods.js';
import type { SeededPeople } from './seed-people.js';

/** Writes the orders of the past year, and lets the other domains learn who has bought what. */
export async function seedPast(
  { orders }: Domains,
  shop: DemoShop,
  { people, goods, now }: { people: SeededPeople; goods: SeededGoods; now: Date },
): Promise<void> {
  const products = new Map(shop.products.map((product) => [product.slug, product]));
  const buyers = new Map(shop.people.map((person) => [person.email, person]));
  const past = shop.orders.flatMap((order): PastOrder[] => {
    const [customerId, address] = [
      people.userIds[order.customerEmail],
      buyers.get(order.customerEmail)?.addresses[0],
    ];
    if (!customerId || !address) return [];
    return [
      {
        key: order.key,
        customerId,
        email: order.customerEmail,
        status: order.status,
        placedAt: minutesBefore(now, order.placedMinutesAgo),
        shippingAddress: address,
        // Express is offered to few countries; standard goes everywhere.
        shippingOption: address.country === 'US' ? order.shippingMethod : 'standard',
        notes: order.note,
        lines: order.lines.flatMap((line) =>
          lineOf(line, products.get(line.productSlug), { shop, people, goods }),
        ),
      },
    ];
  });
  await seedPastOrders(orders.deps, past, { announce: true });
}

function lineOf(
  line: DemoOrder['lines'][number],
  product: DemoProduct | undefined,
  { shop, people, goods }: { shop: DemoShop; people: SeededPeople; goods: SeededGoods },
): PastOrder['lines'][number][] {
  const [variantId, productId] = [goods.variantIds.get(line.sku), goods.productIds.get(line.productSlug)];
  const variant = product?.variants.find(({ sku }) => sku === line.sku);
  if (!product || !variant || !variantId || !productId) return [];
  const owner = shop.sellers.find(({ slug }) => slug === product.sellerSlug)?.ownerEmail;
  return [
    {
      variantId,
      productId,
      sellerId: owner ? (people.sellerIds[owner] ?? null) : null,
      sku: line.sku,
      productName: product.name,
      variantName: variant.optionValues.join(' / '),
      quantity: line.quantity,
      unitPriceMinor: line.unitPriceMinor,
      weightGrams: variant.weightGrams,
    },
  ];
}
