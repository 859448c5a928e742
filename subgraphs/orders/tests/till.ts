import Fastify from 'fastify';
import { newId } from '@storegraph/ids';
import type { Viewer } from '@storegraph/identity';
import {
  startPaymentSandbox,
  type PaymentSandbox,
  type PaymentSandboxOptions,
} from '@storegraph/payment-sandbox';
import { guest, staff } from '@storegraph/testkit';
import type { OrdersConfig } from '../src/config.js';
import { handleOpenNotices } from '../src/payments/handle-notice.action.js';
import type { Goods } from './catalog-stand-in.js';
import { openShop, TEST_CONFIG, type Shop } from './shop.js';

/** Oregon taxes nothing, so totals are easy to read. */
export const HOME = {
  fullName: 'Ada L.',
  street: '1 Main St',
  city: 'Portland',
  state: 'OR',
  zip: '97201',
  country: 'US',
};

const USER_ERROR = `... on UserError { __typename code message path }`;
const ORDER = `order { id number status paymentStatus version email customer { id }
  totals { subtotal { minor } discount { minor } shipping { minor } tax { minor } total { minor } }
  lines { id quantity shippedQuantity refundedQuantity total { minor } }
  allowedTransitions timeline { sequence status notes }
  payments { status attempt transactionId declineCode captured { minor } refunded { minor } }
  refunds { id status amount { minor } lines { quantity amount { minor } restocked orderLine { id } } }
  shipments { id status carrier trackingNumber lines { quantity orderLine { id } } } }`;

const MUTATIONS = {
  addCartLines: `... on AddCartLinesSuccess { cartToken cart { id } }`,
  reserveCheckout: `... on ReserveCheckoutSuccess { cart { id reservedUntil totals { total { minor amount } } shippingOptions { code } } }
    ... on OutOfStock { lines { lineId available } }`,
  applyCoupon: `... on ApplyCouponSuccess { cart { id } }`,
  placeOrder: `... on PlaceOrderSuccess { ${ORDER} clientSecret publishableKey guestToken replayed }
    ... on OutOfStock { lines { lineId available } } ... on PriceChanged { cart { totals { total { amount } } } }`,
  payOrder: `... on PayOrderSuccess { ${ORDER} nextActionUrl } ... on PaymentFailed { declineCode retryable }
    ... on IllegalTransition { from allowed }`,
  cancelOrder: `... on CancelOrderSuccess { ${ORDER} } ... on IllegalTransition { from allowed }`,
  transitionOrder: `... on TransitionOrderSuccess { ${ORDER} } ... on IllegalTransition { from allowed }`,
  addOrderNote: `... on AddOrderNoteSuccess { ${ORDER} }`,
  shipOrder: `... on ShipOrderSuccess { ${ORDER} shipment { id status } } ... on IllegalTransition { from allowed }`,
  deliverOrder: `... on DeliverOrderSuccess { ${ORDER} } ... on IllegalTransition { from allowed }`,
  refundOrder: `... on RefundOrderSuccess { ${ORDER} refund { id status amount { minor } } replayed }`,
};

/** A shop with a till: the orders domain, its webhook on a socket, and a payment provider of its own. */
export type Till = Shop & {
  readonly sandbox: PaymentSandbox;
  /** Where the provider's webhooks go. */
  readonly webhookUrl: string;
  /** Runs a mutation and answers its result; a failure of the request itself fails the test. */
  call(name: keyof typeof MUTATIONS, input: object, viewer?: Viewer): Promise<any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers are looked into freely by tests
  /** As `call`, answering the code the request was refused with. */
  refusal(name: keyof typeof MUTATIONS, input: object, viewer?: Viewer): Promise<string | undefined>;
  /** Something for sale, so many of it in stock. */
  goods(quantity: number, given?: Partial<Goods>): Promise<Goods>;
  /** A cart with these in it and an address, ready to be ordered; answers its secret unless the viewer is a person. */
  cart(
    lines: readonly { variantId: string; quantity?: number }[],
    viewer?: Viewer,
  ): Promise<string | undefined>;
  /** A placed order of one of these. */
  order(goods: Goods, given?: { quantity?: number; viewer?: Viewer }): Promise<any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers are looked into freely by tests
  /** Every webhook has arrived and been acted on. */
  settled(): Promise<void>;
  /** Fails the test unless the books of the shop and of the provider agree. */
  audit(): Promise<void>;
};

export async function openTill(
  options: {
    config?: Partial<OrdersConfig>;
    poolSize?: number;
    sandbox?: Partial<PaymentSandboxOptions>;
  } = {},
): Promise<Till> {
  const { stripe } = TEST_CONFIG;
  if (!stripe) throw new TypeError('tests have an account');
  const app = Fastify();
  let webhookUrl = '';
  const sandbox = await startPaymentSandbox({
    secretKey: stripe.secretKey,
    publishableKey: stripe.publishableKey,
    webhook: {
      url: () => webhookUrl,
      secret: stripe.webhookSecret,
      retry: { firstMillis: 30, maxMillis: 200, attempts: 50 },
    },
    settleMillis: 50,
    ...options.sandbox,
  });
  const config = { ...options.config, stripe: { ...stripe, apiUrl: sandbox.url } };
  const shop = await openShop({ config, poolSize: options.poolSize });
  const { routes, pool } = shop.orders.subgraph;
  if (!routes) throw new TypeError('the domain has a webhook');
  await app.register(routes);
  webhookUrl = `${await app.listen({ port: 0, host: '127.0.0.1' })}/webhooks/stripe`;

  const ask = (name: keyof typeof MUTATIONS, input: object, viewer: Viewer = guest) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${MUTATIONS[name]} ${USER_ERROR} } }`;
    return shop.orders.ask(query, { input }, viewer);
  };
  const till: Till = {
    ...shop,
    sandbox,
    webhookUrl,
    async call(name, input, viewer) {
      const { data, errors } = await ask(name, input, viewer);
      if (errors) throw new Error(`${name}: ${JSON.stringify(errors)}`);
      return data[name];
    },
    refusal: async (name, input, viewer) => (await ask(name, input, viewer)).code,
    async goods(quantity, given) {
      const sold = shop.catalog.sell({ weightGrams: 0, ...given });
      if (quantity > 0) await shop.stock(sold.variantId, quantity);
      return sold;
    },
    async cart(lines, viewer = guest) {
      const added = await till.call(
        'addCartLines',
        { lines: lines.map(({ variantId, quantity = 1 }) => ({ variantId, quantity })) },
        viewer,
      );
      const cartToken = (added.cartToken as string | null) ?? undefined;
      const address = { cartToken, address: HOME, email: 'ada@example.com' };
      const result = `{ __typename ... on UserError { message } }`;
      const set = `mutation ($input: SetCartAddressInput!) { setCartAddress(input: $input) ${result} }`;
      await shop.orders.ask(set, { input: address }, viewer);
      const choose = `mutation ($input: ChooseShippingOptionInput!) { chooseShippingOption(input: $input) ${result} }`;
      await shop.orders.ask(choose, { input: { cartToken, option: 'standard' } }, viewer);
      return cartToken;
    },
    async order({ variantId }, { quantity = 1, viewer = guest } = {}) {
      const cartToken = await till.cart([{ variantId, quantity }], viewer);
      const placed = await till.call('placeOrder', { cartToken, idempotencyKey: newId('event') }, viewer);
      if (placed.__typename !== 'PlaceOrderSuccess') throw new Error(JSON.stringify(placed));
      return {
        ...placed.order,
        guestToken: placed.guestToken ?? undefined,
        clientSecret: placed.clientSecret,
      };
    },
    async settled() {
      await sandbox.webhooksDrained();
      for (let rounds = 0; rounds < 200; rounds += 1) {
        const { rows } = await pool.query('SELECT 1 FROM provider_events WHERE handled_at IS NULL LIMIT 1');
        if (rows.length === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 25));
        if (rounds % 40 === 39) {
          shop.pass({ minutes: 1 });
          await handleOpenNotices(shop.deps);
        }
      }
      throw new Error('some notices are never handled');
    },
    audit: () => audit(pool, sandbox),
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await app.close();
      await shop[Symbol.asyncDispose]();
    },
  };
  return till;
}

type Queryable = { query(text: string): Promise<{ rows: unknown[] }> };

/** Each names what would be wrong, and finds it. */
const WRONGS: Record<string, string> = {
  'stock that is not what was put in': `SELECT level.variant_id FROM stock_levels AS level
    WHERE available + reserved + sold - backordered <> (SELECT coalesce(sum(delta), 0) FROM stock_movements AS movement
      WHERE movement.variant_id = level.variant_id AND kind IN ('IMPORTED', 'ADJUSTED', 'TRANSFERRED'))`,
  'reserved units nobody holds': `SELECT level.variant_id FROM stock_levels AS level
    WHERE reserved <> (SELECT coalesce(sum(line.quantity), 0) FROM reservation_lines AS line
      JOIN reservations ON reservations.id = line.reservation_id AND status = 'HELD'
      WHERE line.variant_id = level.variant_id AND line.warehouse_id = level.warehouse_id)`,
  'sold units nobody bought': `SELECT level.variant_id FROM stock_levels AS level
    WHERE sold <> (SELECT coalesce(sum(line.quantity - line.restocked), 0) FROM reservation_lines AS line
      JOIN reservations ON reservations.id = line.reservation_id AND status = 'COMMITTED'
      WHERE line.variant_id = level.variant_id AND line.warehouse_id = level.warehouse_id)`,
  'a paid order without exactly one captured payment': `SELECT id FROM orders WHERE total_minor > 0
    AND status NOT IN ('PENDING', 'AWAITING_PAYMENT', 'CANCELLED')
    AND (SELECT count(*) FROM payments WHERE order_id = orders.id AND captured_minor = total_minor
      AND NOT EXISTS (SELECT FROM refunds WHERE payment_id = payments.id AND idempotency_key LIKE 'give-back:%')) <> 1`,
  'an unpaid order with money': `SELECT id FROM orders WHERE status IN ('PENDING', 'AWAITING_PAYMENT')
    AND EXISTS (SELECT FROM payments WHERE order_id = orders.id AND captured_minor > refunded_minor)`,
  'a cancelled order with money': `SELECT id FROM orders WHERE status = 'CANCELLED'
    AND EXISTS (SELECT FROM payments WHERE order_id = orders.id AND captured_minor > refunded_minor)`,
  'a history with gaps': `SELECT order_id FROM order_events GROUP BY order_id HAVING max(sequence) <> count(*)`,
  'a history that ends elsewhere': `SELECT id FROM orders WHERE status <> (SELECT status FROM order_events
    WHERE order_id = orders.id ORDER BY sequence DESC LIMIT 1)`,
  'coupon uses that do not add up': `SELECT id FROM coupons WHERE used <>
    (SELECT count(*) FROM coupon_redemptions WHERE coupon_id = coupons.id)`,
  'an order whose parts are not its total': `SELECT id FROM orders WHERE total_minor <>
    subtotal_minor - discount_minor + shipping_minor + CASE tax_mode WHEN 'ADDED' THEN tax_minor ELSE 0 END`,
};

async function audit(pool: Queryable, sandbox: PaymentSandbox): Promise<void> {
  const wrong: string[] = [];
  for (const [name, query] of Object.entries(WRONGS))
    if ((await pool.query(query)).rows.length > 0) wrong.push(name);
  const sums = `SELECT count(*) FILTER (WHERE captured_minor > 0)::int AS paid, coalesce(sum(captured_minor), 0)::int
    AS captured, coalesce(sum(refunded_minor), 0)::int AS refunded FROM payments`;
  const [ours] = (await pool.query(sums)).rows as { paid: number; captured: number; refunded: number }[];
  const [theirs = { succeeded: 0, receivedMinor: 0, refundedMinor: 0 }] = sandbox.books.totals();
  if (
    ours?.paid !== theirs.succeeded ||
    ours.captured !== theirs.receivedMinor ||
    ours.refunded !== theirs.refundedMinor
  )
    wrong.push(`books that differ: ours ${JSON.stringify(ours)}, the provider's ${JSON.stringify(theirs)}`);
  if (wrong.length > 0) throw new Error(`The audit found ${wrong.join('; ')}`);
}

/** Somebody who works here. */
export const clerk = staff();
