import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';

type AdapterPool = ConstructorParameters<typeof PrismaPg>[0];

/**
 * Let a Prisma client run on an existing pool, so that Prisma and raw SQL share its connections, its limits
 * and its statement count. `prisma.$disconnect()` leaves the pool open: whoever opened the pool ends it.
 */
export function createPrismaAdapter(pool: Pool): PrismaPg {
  // The adapter brings newer pg typings of its own; at run time both name the same pg. The detour over
  // unknown can go when the workspace's @types/pg is the adapter's.
  return new PrismaPg(pool as unknown as AdapterPool, { disposeExternalPool: false });
}
