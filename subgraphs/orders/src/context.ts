import type { Pool } from 'pg';
import type { Database, PrismaClient } from '@storegraph/orders-db';
import type { PubSub } from '@storegraph/events';
import type { Logger } from '@storegraph/observability';
import type { Given, RequestContext } from '@storegraph/subgraph-server';
import type { OrdersConfig } from './config.js';
import { createCartLoaders } from './carts/cart.loader.js';
import { createCheckoutLoaders } from './checkout/checkout.loader.js';
import { createCouponLoaders } from './coupons/coupon.loader.js';
import { createShipmentLoaders } from './fulfilment/shipment.loader.js';
import { createOrderLoaders } from './orders/order.loader.js';
import { createPaymentLoaders } from './payments/payment.loader.js';
import type { PaymentProvider } from './payments/payment.js';
import { createStripeClient } from './payments/stripe.client.js';
import { createQuoteClient, type QuoteClient } from './quotes/catalog.client.js';
import { createRefundLoaders } from './refunds/refund.loader.js';
import { createStockLoaders } from './stock/stock.loader.js';
import { createWarehouseLoaders } from './warehouses/warehouse.loader.js';

/** What the domain works with, for as long as it runs. */
export type Deps = {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  readonly pubsub: PubSub;
  readonly log: Logger;
  readonly config: OrdersConfig;
  /** Asks catalog for prices. */
  readonly quotes: QuoteClient;
  /** Moves money. */
  readonly provider: PaymentProvider;
  readonly now: () => Date;
};

/** One transaction of the domain's database. */
export type Transaction = Database;

/** What one request works with. */
export type Context = RequestContext & {
  readonly deps: Deps;
  readonly loaders: ReturnType<typeof createLoaders>;
};

export function createDeps(given: Given<OrdersConfig, PrismaClient>): Deps {
  const { prisma, pool, pubsub, log, config, now } = given;
  if (!config.stripe) throw new TypeError('orders needs a payment provider: an account or a sandbox');
  const provider = createStripeClient(config.stripe, log);
  return { prisma, pool, pubsub, log, config, now, provider, quotes: createQuoteClient(given) };
}

export function createContext(deps: Deps, request: RequestContext): Context {
  return { ...request, deps, loaders: createLoaders(deps, request) };
}

function createLoaders({ prisma, now }: Deps, { viewer }: RequestContext) {
  const coupons = createCouponLoaders(prisma);
  return {
    ...createWarehouseLoaders(prisma),
    ...createStockLoaders(prisma, now),
    ...coupons,
    ...createCartLoaders(prisma, { couponsOfCart: coupons.couponsOfCart, now }),
    ...createCheckoutLoaders(prisma, now),
    ...createOrderLoaders(prisma, viewer),
    ...createPaymentLoaders(prisma),
    ...createRefundLoaders(prisma),
    ...createShipmentLoaders(prisma),
  };
}
