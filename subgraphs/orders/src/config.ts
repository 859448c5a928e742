import { z } from 'zod';
import { parseEnv, secret } from '@storegraph/env';
import { serviceSettings } from '@storegraph/subgraph-server';

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
});

type OrdersSettings = z.infer<z.ZodObject<ReturnType<typeof ordersSettings>>>;

/** The settings of an orders process. @throws {InvalidEnvironment} naming every problem */
export function loadConfig(env: NodeJS.ProcessEnv) {
  const shape = {
    ...serviceSettings(4003, env['NODE_ENV']),
    CATALOG_URL: z.url().default('http://127.0.0.1:4002/graphql'),
  };
  const settings = parseEnv('orders', shape, env);
  return { settings, config: readOrdersConfig(env), neighbours: { catalog: settings.CATALOG_URL } };
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
  };
}
