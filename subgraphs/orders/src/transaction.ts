import type { PrismaClient } from '@storegraph/orders-db';
import type { Transaction } from './context.js';

const MOST_TRIES = 4;
/** PostgreSQL, Appendix A: serialization_failure and deadlock_detected. Both undid everything. */
const UNDONE = ['40001', '40P01'];

/**
 * Runs work in one transaction, again if PostgreSQL chose it as the victim of a deadlock: nothing of the first try
 * remains then. The work must not do anything that cannot be done twice.
 */
export async function inTransaction<Result>(
  prisma: PrismaClient,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await prisma.$transaction(work);
    } catch (error) {
      if (tries === MOST_TRIES || !wasUndone(error)) throw error;
    }
  }
}

function wasUndone(error: unknown): boolean {
  const { code, meta } = error as { code?: unknown; meta?: unknown };
  if (code === 'P2034') return true;
  const details = JSON.stringify(meta ?? {});
  return UNDONE.some((state) => details.includes(`"${state}"`));
}
