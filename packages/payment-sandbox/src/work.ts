import Stripe from 'stripe';
import type { BooksEntry, BooksTables, Ledger, TableName } from './books.js';
import type { Mint } from './ids.js';
import type { Announcement, SandboxEvent } from './objects.js';
import type { ApiError, Params } from './wire.js';

/** The API version whose shapes this provider speaks: the one the installed SDK pins. */
export const API_VERSION: string = Stripe.API_VERSION;

/** One request as an action sees it. */
export interface Call {
  /** The id in the path, or empty. */
  id: string;
  params: Params;
  /** Shops hold the secret key; shoppers' browsers the publishable one. */
  caller: 'secret' | 'publishable';
}

/** What an action answers. A refusal here keeps what was written: a declined payment is in the books. */
export type Result = { kind: 'done'; body: object } | { kind: 'refused'; error: ApiError };

/** Changes something or reads something, in one synchronous step: no other request comes between. */
export type Action = (call: Call, work: Work) => Result;

interface Cause {
  requestId: string | null;
  idempotencyKey: string | null;
}

/** What one action changes: collected first, recorded together. */
export class Work {
  #entries: BooksEntry[] = [];

  constructor(
    readonly ledger: Ledger,
    readonly mint: Mint,
    private readonly origin: Cause & { publicUrl: string },
  ) {}

  /** Where shoppers reach the provider's own pages. */
  get publicUrl(): string {
    return this.origin.publicUrl;
  }

  get entries(): readonly BooksEntry[] {
    return this.#entries;
  }

  get events(): SandboxEvent[] {
    return this.#entries.flatMap((entry) => (entry.table === 'event' ? [entry.row] : []));
  }

  /** The row as this work leaves it. */
  find<T extends TableName>(table: T, id: string): BooksTables[T] | null {
    const own = this.#entries.findLast((entry) => entry.table === table && entry.row.id === id);
    return own ? (own.row as BooksTables[T]) : this.ledger.find(table, id);
  }

  /** Forgets everything: the action was refused half-way. */
  discard(): void {
    this.#entries = [];
  }

  put<T extends TableName>(table: T, row: BooksTables[T]): void {
    this.#entries.push({ table, row } as BooksEntry);
  }

  announce(announcements: readonly Announcement[]): void {
    for (const { type, object, previous } of announcements) {
      const event: SandboxEvent = {
        id: this.mint.newId('evt'),
        object: 'event',
        api_version: API_VERSION,
        created: this.mint.nowSeconds,
        data: { object, ...(previous && { previous_attributes: previous }) },
        livemode: false,
        pending_webhooks: 1,
        request: { id: this.origin.requestId, idempotency_key: this.origin.idempotencyKey },
        type,
      };
      this.put('event', event);
    }
  }
}
