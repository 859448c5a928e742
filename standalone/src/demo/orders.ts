import type { DemoOrder, DemoOrderLine, DemoOrderStatus, DemoPerson, DemoProduct } from './demo-data.js';
import { randomFrom, type SeededRandom } from './seeded-random.js';

const DAY_MINUTES = 24 * 60;
/** Orders the demonstration shopper has placed: one in each situation worth looking at. */
const SHOPPER_ORDERS: readonly (readonly [daysAgo: number, status: DemoOrderStatus])[] = [
  [1, 'PAID'],
  [3, 'PROCESSING'],
  [6, 'SHIPPED'],
  [19, 'DELIVERED'],
  [41, 'DELIVERED'],
  [66, 'PARTIALLY_REFUNDED'],
  [90, 'DELIVERED'],
  [121, 'CANCELLED'],
];

const NOTES = [
  'Please leave it with the neighbour at number 4.',
  'The bell is broken, a knock is fine.',
  'It is a present: no invoice in the parcel, please.',
  'Ring before delivery if you can.',
];

/**
 * Orders of the last half year, newest first: every customer has some, popular products are in more of them, and the
 * state of each fits its age.
 */
export function generateOrders(
  products: readonly DemoProduct[],
  people: readonly DemoPerson[],
  options: { count: number; seed: string },
): DemoOrder[] {
  const customers = people.filter(({ role }) => role === 'customer');
  const weights = products.map((product) => [product, 0.05 + product.popularity] as const);
  const orders = Array.from({ length: options.count }, (_, at): DemoOrder => {
    const key = `order-${String(at + 1).padStart(4, '0')}`;
    const random = randomFrom(`${options.seed}/${key}`);
    const fixed = SHOPPER_ORDERS[at];
    const daysAgo = fixed ? fixed[0] : Math.floor(180 * random.next() ** 1.8);
    // The first orders are the shopper's; the others go round so that nobody is without.
    const customer = fixed
      ? customers[0]
      : customers[1 + ((at - SHOPPER_ORDERS.length) % (customers.length - 1))];
    if (!customer) throw new Error('Orders need at least two customers');
    return {
      key,
      customerEmail: customer.email,
      placedMinutesAgo: daysAgo * DAY_MINUTES + random.int(30, DAY_MINUTES - 1),
      status: fixed ? fixed[1] : statusAt(daysAgo, random),
      lines: composeLines(weights, random),
      couponCode: random.chance(0.15) ? random.pick(['WELCOME10', 'FREESHIP']) : null,
      shippingMethod: random.chance(0.25) ? 'express' : 'standard',
      note: random.chance(0.12) ? random.pick(NOTES) : null,
    };
  });
  return oneFirstOrderDiscount(orders).sort((one, other) => one.placedMinutesAgo - other.placedMinutesAgo);
}

function statusAt(daysAgo: number, random: SeededRandom): DemoOrderStatus {
  if (daysAgo === 0) return random.pick(['AWAITING_PAYMENT', 'PAID', 'PAID']);
  if (daysAgo < 3) return random.pick(['PAID', 'PROCESSING', 'PROCESSING', 'CANCELLED']);
  if (daysAgo < 8) return random.pick(['PROCESSING', 'SHIPPED', 'SHIPPED', 'SHIPPED', 'DELIVERED']);
  return random.weighted([
    ['DELIVERED', 86],
    ['CANCELLED', 6],
    ['REFUNDED', 4],
    ['PARTIALLY_REFUNDED', 4],
  ]);
}

function composeLines(
  weights: readonly (readonly [DemoProduct, number])[],
  random: SeededRandom,
): readonly DemoOrderLine[] {
  const count = random.weighted([
    [1, 38],
    [2, 30],
    [3, 20],
    [4, 12],
  ]);
  const chosen = new Set(Array.from({ length: count }, () => random.weighted(weights)));
  return [...chosen].map(({ slug, variants }) => {
    const { sku, priceMinor } = random.pick(variants);
    const quantity =
      priceMinor < 4000n
        ? random.weighted([
            [1, 60],
            [2, 28],
            [4, 12],
          ])
        : 1;
    return { sku, productSlug: slug, quantity, unitPriceMinor: priceMinor };
  });
}

/** WELCOME10 works once per customer: only the oldest order that used it keeps it. */
function oneFirstOrderDiscount(orders: readonly DemoOrder[]): DemoOrder[] {
  const welcomed = new Set<string>();
  return [...orders]
    .sort((one, other) => other.placedMinutesAgo - one.placedMinutesAgo)
    .map((order) => {
      if (order.couponCode !== 'WELCOME10') return order;
      const isFirst = !welcomed.has(order.customerEmail);
      welcomed.add(order.customerEmail);
      return isFirst ? order : { ...order, couponCode: null };
    });
}
