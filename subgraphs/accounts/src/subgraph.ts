import { accountsDatabase } from '@storegraph/accounts-db';
import { buildFederatedSchema, defineSubgraph, type FederatedSchema } from '@storegraph/subgraph-server';
import { AddressResolver } from './addresses/address.resolver.js';
import { createContext, createDeps, type Context } from './context.js';
import { jwksRoutes } from './keys/jwks.webhook.js';
import { SellerResolver, UserSellerResolver } from './sellers/seller.resolver.js';
import { pruneSessions } from './sessions/prune-sessions.action.js';
import { SessionResolver, UserSessionsResolver } from './sessions/session.resolver.js';
import { UserAdministrationResolver } from './users/user-administration.resolver.js';
import { UserResolver } from './users/user.resolver.js';

type SellerReference = { id: string; slug?: undefined } | { id?: undefined; slug: string };

/** The domain's schema, without a database: what is published under schema/. */
export function buildSchema(): FederatedSchema {
  return buildFederatedSchema<Context>({
    resolvers: [
      UserResolver,
      UserAdministrationResolver,
      SessionResolver,
      UserSessionsResolver,
      AddressResolver,
      SellerResolver,
      UserSellerResolver,
    ],
    references: {
      User: ({ id }: { id: string }, { loaders }) => loaders.user.load(id),
      Seller: ({ id, slug }: SellerReference, { loaders }) =>
        id === undefined ? loaders.sellerBySlug.load(slug) : loaders.seller.load(id),
    },
  });
}

export const accounts = defineSubgraph({
  name: 'accounts',
  buildSchema,
  database: accountsDatabase,
  createDeps,
  createContext,
  policies: {
    /** The user themselves: of a user's field, or of a root field that names one. */
    self: ({ viewer }, { parent, args }) => {
      const { id } = (parent ?? args) as { id?: unknown };
      return viewer.kind === 'user' && viewer.id === id;
    },
    'seller-owner': ({ viewer }, { parent }) =>
      viewer.kind === 'user' && viewer.id === (parent as { ownerId?: string }).ownerId,
  },
  routes: ({ keys }) => jwksRoutes(keys),
  jobs: (deps) => [
    { name: 'rotate-signing-keys', everySeconds: 3_600, run: () => deps.keys.rotateWhenDue() },
    { name: 'prune-sessions', everySeconds: 3_600, run: () => pruneSessions(deps) },
  ],
});
