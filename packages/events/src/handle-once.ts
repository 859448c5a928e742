import { withCorrelation } from '@storegraph/observability';
import type { DomainEvent } from './contract.js';
import type { EventHandler, TransactionHost } from './handlers.js';
import type { SqlTransaction } from './outbox.js';
import { within } from './waiting.js';

const REMEMBER = 'INSERT INTO inbox_events (consumer, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING';

/** How long to wait for a connection before giving the transaction up. */
const MAX_WAIT_MILLIS = 10_000;

export interface HandlingOptions<Tx extends SqlTransaction> {
  /** The consuming domain. */
  domain: string;
  prisma: TransactionHost<Tx>;
  handlers: readonly EventHandler<Tx>[];
  /** A handler that takes longer has failed, and its transaction is rolled back. @default 10_000 // ten seconds */
  handlerTimeoutMillis?: number;
}

/** Handles the event in one transaction with its inbox row, or does nothing when the row is there already. */
export async function handleOnce<Tx extends SqlTransaction>(
  options: HandlingOptions<Tx>,
  event: DomainEvent,
): Promise<void> {
  await inTransaction(options, async (tx) => {
    const isNew = await tx.$executeRawUnsafe(REMEMBER, options.domain, event.id);
    if (isNew === 1) await runHandlers(options, event, tx);
  });
}

/** A transaction that ends on time even when the work inside never settles. */
export async function inTransaction<Tx extends SqlTransaction>(
  { prisma, handlerTimeoutMillis = 10_000 }: HandlingOptions<Tx>,
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  await prisma.$transaction(
    async (tx) => {
      if (!(await within(handlerTimeoutMillis, work(tx)))) {
        throw new Error(`Handling took longer than ${handlerTimeoutMillis} ms`);
      }
    },
    // Ours fires first and names the reason; Prisma's own limit is the net below.
    { maxWait: MAX_WAIT_MILLIS, timeout: handlerTimeoutMillis + 1_000 },
  );
}

export async function runHandlers<Tx extends SqlTransaction>(
  { handlers }: HandlingOptions<Tx>,
  event: DomainEvent,
  tx: Tx,
): Promise<void> {
  await withCorrelation(event.correlationId, async () => {
    for (const handler of handlers) if (handler.type === event.type) await handler.run(event, tx);
  });
}
