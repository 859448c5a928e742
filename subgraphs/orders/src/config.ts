import { z } from 'zod';
import { InvalidEnvironment, parseEnv, secret } from '@storegraph/env';
import { serviceSettings } from '@storegraph/subgraph-server';
import type { StripeSettings } from './payments/payment.js';

/** Settings of the orders domain beyond those every service has. */
export type OrdersConfig = {
  /** The shop's currency, ISO 4217: every price, cart and order is in it. */
  readonly currency: string;
  /** What catalog signs price quotes with (HS256), shared with catalog. */
  readonly quoteKey: string;
  /** How long an untouched cart is kept. */
  readonly cartDays: number;
  /** How long a checkout holds its stock. */
  readonly reservationMinutes: number;
  /** How often expired carts and reservations are looked for. */
  readonly sweepSeconds: number;
  /** The payment provider's account; `null` outside production, where a sandbox may stand in. */
  readonly stripe: StripeSettings | null;
  /** How long an order waits for its payment. */
  readonly unpaidMinutes: number;
  /** How long a payment may be in doubt before the provider is asked about it. */
  readonly reconcileSeconds: number;
};

const ordersSettings = (nodeEnv: string | undefined) => ({
  SHOP_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as USD')
    .default('USD'),
  QUOTE_KEY: secret(nodeEnv),
  CART_DAYS: z.coerce.number().int().min(1).max(365).default(30),
  RESERVATION_MINUTES: z.coerce.number().int().min(1).max(120).default(15),
  SWEEP_SECONDS: z.coerce.number().int().min(1).max(3_600).default(15),
  ...stripeSettings(nodeEnv),
  UNPAID_ORDER_MINUTES: z.coerce.number().int().min(1).max(10_080).default(30),
  RECONCILE_SECONDS: z.coerce.number().int().min(1).max(3_600).default(10),
});

/** An account is needed in production only; its parts come together. */
const stripeSettings = (nodeEnv: string | undefined) => {
  const key = (prefix: string) =>
    z.string().refine((value) => value.startsWith(prefix), `expected a key that starts with ${prefix}`);
  const needed = <Type extends z.ZodType>(type: Type) => (nodeEnv === 'production' ? type : type.optional());
  return {
    STRIPE_SECRET_KEY: needed(z.string().regex(/^(sk|rk)_/, 'expected a secret key such as sk_live_…')),
    STRIPE_PUBLISHABLE_KEY: needed(key('pk_')),
    STRIPE_WEBHOOK_SECRET: needed(key('whsec_')),
    STRIPE_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  };
};

type OrdersSettings = z.infer<z.ZodObject<ReturnType<typeof ordersSettings>>>;

/** The settings of an orders process. @throws {InvalidEnvironment} naming every problem */
export function loadConfig(env: NodeJS.ProcessEnv) {
  const shape = {
    ...serviceSettings(4003, env['NODE_ENV']),
    CATALOG_URL: z.url().default('http://127.0.0.1:4002/graphql'),
    PAYMENT_SANDBOX_WEBHOOK_URL: z.url().default('http://127.0.0.1:4000/webhooks/stripe'),
    PAYMENT_SANDBOX_BOOKS: z.string().default('.data/payment-sandbox/books.jsonl'),
  };
  const settings = parseEnv('orders', shape, env);
  const sandbox = {
    webhookUrl: settings.PAYMENT_SANDBOX_WEBHOOK_URL,
    booksFile: settings.PAYMENT_SANDBOX_BOOKS,
  };
  return { settings, config: readOrdersConfig(env), sandbox, neighbours: { catalog: settings.CATALOG_URL } };
}

/**
 * The domain's own settings, for whoever runs it together with others.
 *
 * @throws {InvalidEnvironment} naming every problem
 */
export function readOrdersConfig(env: NodeJS.ProcessEnv): OrdersConfig {
  return toConfig(parseEnv('orders', ordersSettings(env['NODE_ENV']), env));
}

function toConfig(settings: OrdersSettings): OrdersConfig {
  return {
    currency: settings.SHOP_CURRENCY,
    quoteKey: settings.QUOTE_KEY,
    cartDays: settings.CART_DAYS,
    reservationMinutes: settings.RESERVATION_MINUTES,
    sweepSeconds: settings.SWEEP_SECONDS,
    stripe: toStripe(settings),
    unpaidMinutes: settings.UNPAID_ORDER_MINUTES,
    reconcileSeconds: settings.RECONCILE_SECONDS,
  };
}

function toStripe(settings: OrdersSettings): StripeSettings | null {
  const { STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_URL } = settings;
  if (!STRIPE_SECRET_KEY) return null;
  if (!STRIPE_PUBLISHABLE_KEY || !STRIPE_WEBHOOK_SECRET) {
    const missing = STRIPE_PUBLISHABLE_KEY ? 'STRIPE_WEBHOOK_SECRET' : 'STRIPE_PUBLISHABLE_KEY';
    throw new InvalidEnvironment('orders', [`${missing}: is not set, though STRIPE_SECRET_KEY is`]);
  }
  return {
    secretKey: STRIPE_SECRET_KEY,
    publishableKey: STRIPE_PUBLISHABLE_KEY,
    webhookSecret: STRIPE_WEBHOOK_SECRET,
    apiUrl: STRIPE_API_URL ?? null,
  };
}
