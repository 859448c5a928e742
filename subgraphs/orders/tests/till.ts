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
import { audit } from './audit.js';
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
  setCartAddress: `... on SetCartAddressSuccess { cart { id } }`,
  chooseShippingOption: `... on ChooseShippingOptionSuccess { cart { id } }`,
  reserveCheckout: `... on ReserveCheckoutSuccess { cart { id reservedUntil totals { total { minor amount } } shippingOptions { code } } }
    ... on OutOfStock { lines { lineId available } }`,
  saveCoupon: `... on SaveCouponSuccess { coupon { id } }`,
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
  const retry = { firstMillis: 30, maxMillis: 200, attempts: 50 };
  const sandbox = await startPaymentSandbox({
    secretKey: stripe.secretKey,
    publishableKey: stripe.publishableKey,
    webhook: { url: () => webhookUrl, secret: stripe.webhookSecret, retry },
    settleMillis: 50,
    ...options.sandbox,
  });
  const config = { ...options.config, stripe: { ...stripe, apiUrl: sandbox.url } };
  const shop = await openShop({ config, poolSize: options.poolSize });
  const { routes, pool } = shop.orders.subgraph;
  if (!routes) throw new TypeError('the domain has a webhook');
  await app.register(routes);
  webhookUrl = `${await app.listen({ port: 0, host: '127.0.0.1' })}/webhooks/stripe`;
  return {
    ...shop,
    ...counter(shop),
    sandbox,
    webhookUrl,
    settled: () => settled(shop, sandbox),
    audit: () => audit(pool, sandbox),
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await app.close();
      await shop[Symbol.asyncDispose]();
    },
  };
}

/** What shoppers and staff do, through the graph. */
function counter(shop: Shop): Pick<Till, 'call' | 'refusal' | 'goods' | 'cart' | 'order'> {
  const ask = (name: keyof typeof MUTATIONS, input: object, viewer: Viewer = guest) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${MUTATIONS[name]} ${USER_ERROR} } }`;
    return shop.orders.ask(query, { input }, viewer);
  };
  const call: Till['call'] = async (name, input, viewer) => {
    const { data, errors } = await ask(name, input, viewer);
    if (errors) throw new Error(`${name}: ${JSON.stringify(errors)}`);
    return data[name];
  };
  const cart: Till['cart'] = async (lines, viewer = guest) => {
    const wanted = lines.map(({ variantId, quantity = 1 }) => ({ variantId, quantity }));
    const added = await call('addCartLines', { lines: wanted }, viewer);
    const cartToken = (added.cartToken as string | null) ?? undefined;
    await call('setCartAddress', { cartToken, address: HOME, email: 'ada@example.com' }, viewer);
    await call('chooseShippingOption', { cartToken, option: 'standard' }, viewer);
    return cartToken;
  };
  return {
    call,
    cart,
    refusal: async (name, input, viewer) => (await ask(name, input, viewer)).code,
    async goods(quantity, given) {
      const sold = shop.catalog.sell({ weightGrams: 0, ...given });
      if (quantity > 0) await shop.stock(sold.variantId, quantity);
      return sold;
    },
    async order({ variantId }, { quantity = 1, viewer = guest } = {}) {
      const cartToken = await cart([{ variantId, quantity }], viewer);
      const placed = await call('placeOrder', { cartToken, idempotencyKey: newId('event') }, viewer);
      if (placed.__typename !== 'PlaceOrderSuccess') throw new Error(JSON.stringify(placed));
      const { guestToken, clientSecret } = placed;
      return { ...placed.order, guestToken: guestToken ?? undefined, clientSecret };
    },
  };
}

async function settled(shop: Shop, sandbox: PaymentSandbox): Promise<void> {
  const open = 'SELECT 1 FROM provider_events WHERE handled_at IS NULL LIMIT 1';
  await sandbox.webhooksDrained();
  for (let rounds = 1; rounds <= 200; rounds += 1) {
    if ((await shop.orders.subgraph.pool.query(open)).rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
    if (rounds % 40 > 0) continue;
    shop.pass({ minutes: 1 });
    await handleOpenNotices(shop.deps);
  }
  throw new Error('some notices are never handled');
}

/** What the provider signs its webhooks with. */
export const TEST_SECRET = 'whsec_of_tests';

/** Somebody who works here. */
export const clerk = staff();
