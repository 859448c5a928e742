import type { z } from 'zod';
import type { DomainEvent, EventContract } from './contract.js';
import type { SqlTransaction } from './outbox.js';

/** One row of a domain's table of reactions. */
export interface EventHandler<Tx extends SqlTransaction = SqlTransaction> {
  readonly type: string;
  readonly owner: string;
  run(event: DomainEvent, tx: Tx): Promise<void>;
}

/**
 * Reacts to an event. The handler writes through `tx` only: its writes and the note that the event was handled
 * commit together, so a second delivery changes nothing. What it throws undoes both and is tried again.
 */
export function on<Type extends string, Schema extends z.ZodType, Tx extends SqlTransaction = SqlTransaction>(
  contract: EventContract<Type, Schema>,
  handle: (event: DomainEvent<Type, z.output<Schema>>, tx: Tx) => Promise<void>,
): EventHandler<Tx> {
  return {
    type: contract.type,
    owner: contract.owner,
    run: (event, tx) => handle(contract.parse(event), tx),
  };
}

/** A Prisma client, seen only as the opener of interactive transactions. */
export interface TransactionHost<Tx extends SqlTransaction> {
  $transaction<Result>(
    work: (tx: Tx) => Promise<Result>,
    options?: { maxWait?: number; timeout?: number },
  ): Promise<Result>;
}
