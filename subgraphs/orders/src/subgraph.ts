import { hasScopes } from '@storegraph/identity';
import { ordersDatabase } from '@storegraph/orders-db';
import { buildFederatedSchema, defineSubgraph, type FederatedSchema } from '@storegraph/subgraph-server';
import { CartChangesResolver } from './carts/cart-changes.resolver.js';
import { cartHandlers } from './carts/cart.events.js';
import { CartLineResolver, CartResolver, UserCartResolver } from './carts/cart.resolver.js';
import { expireCarts } from './carts/expire-carts.action.js';
import { findWatchedCart } from './carts/find-cart.action.js';
import { CheckoutResolver } from './checkout/checkout.resolver.js';
import { createContext, createDeps, type Context } from './context.js';
import { CouponResolver } from './coupons/coupon.resolver.js';
import { OrderShipmentsResolver, ShipmentResolver } from './fulfilment/shipment.resolver.js';
import { forgetExpiredKeys } from './idempotency/run-once.action.js';
import {
  OrderEventResolver,
  OrderFieldsResolver,
  OrderLineResolver,
} from './orders/order-fields.resolver.js';
import { isOrderParty, sellsPartOfOrder } from './orders/order-party.action.js';
import { OrderResolver, UserOrdersResolver } from './orders/order.resolver.js';
import { handleOpenNotices } from './payments/handle-notice.action.js';
import { OrderPaymentsResolver } from './payments/payment.resolver.js';
import { cancelUnpaidOrders, reconcilePayments } from './payments/reconcile-payments.action.js';
import { stripeWebhook } from './payments/stripe.webhook.js';
import { ProductVariant } from './references/product-variant.type.js';
import { Seller } from './references/seller.type.js';
import { User } from './references/user.type.js';
import { OrderRefundsResolver, RefundResolver } from './refunds/refund.resolver.js';
import { expireReservations } from './stock/expire-reservations.action.js';
import { stockHandlers } from './stock/stock.events.js';
import { StockMovementResolver, StockResolver, VariantStockResolver } from './stock/stock.resolver.js';
import { WarehouseResolver } from './warehouses/warehouse.resolver.js';

type Reference = { id: string };
type OrderReference = { id?: string; number?: string };

/** The domain's schema, without a database: what is published under schema/. */
export function buildSchema(): FederatedSchema {
  return buildFederatedSchema<Context>({
    resolvers: [
      WarehouseResolver,
      StockResolver,
      StockMovementResolver,
      VariantStockResolver,
      CouponResolver,
      CartResolver,
      CartLineResolver,
      CartChangesResolver,
      UserCartResolver,
      CheckoutResolver,
      OrderResolver,
      OrderFieldsResolver,
      OrderLineResolver,
      OrderEventResolver,
      UserOrdersResolver,
      OrderPaymentsResolver,
      OrderRefundsResolver,
      RefundResolver,
      OrderShipmentsResolver,
      ShipmentResolver,
    ],
    orphanedTypes: [ProductVariant, Seller, User],
    references: {
      ProductVariant: ({ id }: Reference) => ({ id }),
      Seller: ({ id }: Reference) => ({ id }),
      User: ({ id }: Reference) => ({ id }),
      Cart: async ({ id }: Reference, { loaders, viewer }) => {
        const cart = await loaders.cart.load(id);
        return viewer.kind === 'user' && cart?.ownerId === viewer.id ? cart : null;
      },
      Order: ({ id, number }: OrderReference, { loaders }) =>
        id ? loaders.order.load(id) : number ? loaders.orderByNumber.load(number) : null,
      Coupon: ({ id }: Reference, { loaders, viewer }) =>
        hasScopes(viewer, [['coupon:write']]) ? loaders.coupon.load(id) : null,
      Warehouse: ({ id }: Reference, { loaders, viewer }) =>
        hasScopes(viewer, [['inventory:read']]) ? loaders.warehouse.load(id) : null,
    },
  });
}

export const orders = defineSubgraph({
  name: 'orders',
  buildSchema,
  database: ordersDatabase,
  createDeps,
  createContext,
  policies: {
    self: ({ viewer }, { parent }) => viewer.kind === 'user' && viewer.id === (parent as Reference).id,
    'cart-holder': async ({ deps, viewer }, { args }) => {
      const cartToken = (args['cartToken'] as string | null | undefined) ?? null;
      return (await findWatchedCart(deps, { cartToken, viewer })) !== null;
    },
    'order-party': isOrderParty,
    'seller-owner': sellsPartOfOrder,
  },
  routes: stripeWebhook,
  handlers: () => [...stockHandlers, ...cartHandlers],
  jobs: (deps) => [
    {
      name: 'expire reservations',
      everySeconds: deps.config.sweepSeconds,
      run: async () => void (await expireReservations(deps)),
    },
    {
      name: 'expire carts',
      everySeconds: deps.config.sweepSeconds,
      run: async () => void (await expireCarts(deps)),
    },
    {
      name: 'handle notices of the payment provider',
      everySeconds: 2,
      run: async () => void (await handleOpenNotices(deps)),
    },
    {
      name: 'reconcile payments',
      everySeconds: deps.config.reconcileSeconds,
      run: () => reconcilePayments(deps),
    },
    {
      name: 'cancel unpaid orders',
      everySeconds: deps.config.sweepSeconds,
      run: () => cancelUnpaidOrders(deps),
    },
    {
      name: 'forget idempotency keys',
      everySeconds: 3_600,
      run: async () => void (await forgetExpiredKeys(deps.prisma, deps.now())),
    },
  ],
});
