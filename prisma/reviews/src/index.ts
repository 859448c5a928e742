import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { createPrismaAdapter } from '@storegraph/database';
import { Prisma, PrismaClient } from '../generated/client.js';

export { Prisma };
export type { PrismaClient };

/** The client, or a transaction of it. */
export type Database = PrismaClient | Prisma.TransactionClient;

const home = dirname(createRequire(import.meta.url).resolve('@storegraph/reviews-db/package.json'));

/** The reviews database: where its migrations lie, and how to open a client on it. */
export const reviewsDatabase = {
  migrations: join(home, 'migrations'),
  createClient: (adapter: ReturnType<typeof createPrismaAdapter>): PrismaClient =>
    new PrismaClient({ adapter }),
};
