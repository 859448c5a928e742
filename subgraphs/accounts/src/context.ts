import type { JSONWebKeySet } from 'jose';
import type { Database, PrismaClient } from '@storegraph/accounts-db';
import { refuse, type Given, type RequestContext } from '@storegraph/subgraph-server';
import { createAddressLoaders } from './addresses/address.loader.js';
import type { AccountsConfig } from './config.js';
import { openKeyRing, type KeyRing } from './keys/key-ring.action.js';
import { createSellerLoaders } from './sellers/seller.loader.js';
import { createSessionLoaders } from './sessions/session.loader.js';
import { createPasswordHasher, type PasswordHasher } from './users/password-hashing.js';
import { createUserLoaders } from './users/user.loader.js';

/** What the domain works with, for as long as it runs. */
export type Deps = {
  readonly prisma: PrismaClient;
  readonly config: AccountsConfig;
  readonly passwords: PasswordHasher;
  readonly keys: KeyRing;
  /** What verifies access tokens, for a gateway in the same process; others fetch `/.well-known/jwks.json`. */
  readonly findPublicKeys: () => Promise<JSONWebKeySet>;
  readonly now: () => Date;
};

/** One transaction of the domain's database. */
export type Transaction = Database;

/** What one request works with. */
export type Context = RequestContext & {
  readonly deps: Deps;
  readonly loaders: ReturnType<typeof createLoaders>;
};

const COME_BACK_SECONDS = 3;

export async function createDeps({
  prisma,
  config,
  log,
  now,
}: Given<AccountsConfig, PrismaClient>): Promise<Deps> {
  const passwords = await createPasswordHasher({
    ...config.passwords,
    whenFull: () =>
      refuse('RATE_LIMITED', 'Many people are signing in at the moment; try again shortly.', {
        retryAfterSeconds: COME_BACK_SECONDS,
      }),
  });
  const keys = await openKeyRing({ prisma, config, now, log });
  return { prisma, config, passwords, keys, findPublicKeys: keys.publicKeys, now };
}

export function createContext(deps: Deps, request: RequestContext): Context {
  return { ...request, deps, loaders: createLoaders(deps) };
}

function createLoaders({ prisma, now }: Deps) {
  return {
    ...createUserLoaders(prisma),
    ...createSessionLoaders(prisma, now),
    ...createAddressLoaders(prisma),
    ...createSellerLoaders(prisma),
  };
}
