import { hasScopes } from '@storegraph/identity';
import { ordersDatabase } from '@storegraph/orders-db';
import { buildFederatedSchema, defineSubgraph, type FederatedSchema } from '@storegraph/subgraph-server';
import { CartChangesResolver } from './carts/cart-changes.resolver.js';
import { cartHandlers } from './carts/cart.events.js';
import { CartLineResolver, CartResolver, UserCartResolver } from './carts/cart.resolver.js';
import { expireCarts } from './carts/expire-carts.action.js';
import { findWatchedCart } from './carts/find-cart.action.js';
import { createContext, createDeps, type Context } from './context.js';
import { CouponResolver } from './coupons/coupon.resolver.js';
import { forgetExpiredKeys } from './idempotency/run-once.action.js';
import { ProductVariant } from './references/product-variant.type.js';
import { Seller } from './references/seller.type.js';
import { User } from './references/user.type.js';
import { expireReservations } from './stock/expire-reservations.action.js';
import { stockHandlers } from './stock/stock.events.js';
import { StockMovementResolver, StockResolver, VariantStockResolver } from './stock/stock.resolver.js';
import { WarehouseResolver } from './warehouses/warehouse.resolver.js';

type Reference = { id: string };

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
  },
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
      name: 'forget idempotency keys',
      everySeconds: 3_600,
      run: async () => void (await forgetExpiredKeys(deps.prisma, deps.now())),
    },
  ],
});
