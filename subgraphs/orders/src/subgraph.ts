import { ordersDatabase } from '@storegraph/orders-db';
import { buildFederatedSchema, defineSubgraph, type FederatedSchema } from '@storegraph/subgraph-server';
import { createContext, createDeps, type Context } from './context.js';
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
    resolvers: [WarehouseResolver, StockResolver, StockMovementResolver, VariantStockResolver],
    orphanedTypes: [ProductVariant, Seller, User],
    references: {
      ProductVariant: ({ id }: Reference) => ({ id }),
      Seller: ({ id }: Reference) => ({ id }),
      User: ({ id }: Reference) => ({ id }),
      Warehouse: ({ id }: Reference, { loaders }) => loaders.warehouse.load(id),
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
  },
  handlers: () => [...stockHandlers],
  jobs: (deps) => [
    {
      name: 'expire reservations',
      everySeconds: deps.config.sweepSeconds,
      run: async () => void (await expireReservations(deps)),
    },
  ],
});
