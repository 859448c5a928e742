import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { createPrismaAdapter } from '@storegraph/database';
import { Prisma, PrismaClient } from '../generated/client.js';

export { Prisma };
export type { PrismaClient };

/** The client, or a transaction of it. */
export type Database = PrismaClient | Prisma.TransactionClient;

const home = dirname(createRequire(import.meta.url).resolve('@storegraph/orders-db/package.json'));

/** Buyers of one scarce thing queue for its row: they wait longer than Prisma's two seconds before they give up. */
const TRANSACTION_OPTIONS = { maxWait: 15_000, timeout: 15_000 };

/** The orders database: where its migrations lie, and how to open a client on it. */
export const ordersDatabase = {
  migrations: join(home, 'migrations'),
  createClient: (adapter: ReturnType<typeof createPrismaAdapter>): PrismaClient =>
    new PrismaClient({ adapter, transactionOptions: TRANSACTION_OPTIONS }),
};
