import type { Charge, PaymentIntent, PaymentMethod, Refund, SandboxEvent } from './objects.js';

/** The first answer given under an idempotency key. */
export interface SavedAnswer {
  /** The key itself. */
  id: string;
  /** `METHOD /path` the key was first used for. */
  endpoint: string;
  /** Hash of the parameters. */
  fingerprint: string;
  status: number;
  body: string;
  created: number;
}

export interface BooksTables {
  payment_intent: PaymentIntent;
  charge: Charge;
  refund: Refund;
  payment_method: PaymentMethod;
  event: SandboxEvent;
  answer: SavedAnswer;
}

export type TableName = keyof BooksTables;

/** One row as it stands after a change; a later entry of the same table and id replaces it. */
export type BooksEntry = { [T in TableName]: { table: T; row: BooksTables[T] } }[TableName];

/**
 * Where the provider keeps its books.
 *
 * `append` receives everything one request changed; it must be all or nothing, and done before it resolves,
 * because the answer is sent right after. Calls may overlap; their order is the order of the books.
 */
export interface BooksStore {
  /** Everything appended so far, oldest first. */
  load(): Promise<BooksEntry[]>;
  append(entries: readonly BooksEntry[]): Promise<void>;
  close(): Promise<void>;
}

/** Money per currency, in minor units. */
export interface BooksTotals {
  currency: string;
  /** Intents that succeeded. */
  succeeded: number;
  receivedMinor: number;
  /** Refunds that did not fail. */
  refunds: number;
  refundedMinor: number;
}

/** The provider's own truth, for tests to compare a shop's database with. Every answer is a copy. */
export interface Books {
  intents(): PaymentIntent[];
  succeededIntents(): PaymentIntent[];
  charges(): Charge[];
  refunds(): Refund[];
  /** Everything announced, delivered or not, oldest first. */
  events(): SandboxEvent[];
  /** One row per currency that has received money, sorted by currency. */
  totals(): BooksTotals[];
}

type Tables = { [T in TableName]: Map<string, BooksTables[T]> };

/** The books in memory, written through to a store. Rows are replaced, never mutated. */
export class Ledger {
  readonly #tables: Tables = {
    payment_intent: new Map(),
    charge: new Map(),
    refund: new Map(),
    payment_method: new Map(),
    event: new Map(),
    answer: new Map(),
  };

  private constructor(readonly store: BooksStore) {}

  static async open(store: BooksStore): Promise<Ledger> {
    const ledger = new Ledger(store);
    for (const entry of await store.load()) ledger.#set(entry);
    return ledger;
  }

  find<T extends TableName>(table: T, id: string): BooksTables[T] | null {
    return this.#tables[table].get(id) ?? null;
  }

  /** Oldest first. */
  all<T extends TableName>(table: T): BooksTables[T][] {
    return [...this.#tables[table].values()];
  }

  /** Visible to every later request at once; durable when the promise resolves. */
  record(entries: readonly BooksEntry[]): Promise<void> {
    if (entries.length === 0) return Promise.resolve();
    for (const entry of entries) this.#set(entry);
    return this.store.append(entries);
  }

  /** Drops answers older than the given time, oldest first, from memory. */
  forgetAnswersBefore(createdSeconds: number): void {
    for (const [key, answer] of this.#tables.answer) {
      if (answer.created >= createdSeconds) return;
      this.#tables.answer.delete(key);
    }
  }

  #set<T extends TableName>({ table, row }: { table: T; row: BooksTables[T] }): void {
    this.#tables[table].set(row.id, row);
  }
}

export function booksOf(ledger: Ledger): Books {
  const copies = <T extends TableName>(table: T): BooksTables[T][] => structuredClone(ledger.all(table));
  const succeededIntents = (): PaymentIntent[] =>
    copies('payment_intent').filter(({ status }) => status === 'succeeded');
  return {
    intents: () => copies('payment_intent'),
    succeededIntents,
    charges: () => copies('charge'),
    refunds: () => copies('refund'),
    events: () => copies('event'),
    totals: () => totalsOf(succeededIntents(), copies('refund')),
  };
}

function totalsOf(succeeded: PaymentIntent[], refunds: Refund[]): BooksTotals[] {
  const currencies = [...new Set(succeeded.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const received = succeeded.filter((intent) => intent.currency === currency);
    const returned = refunds.filter((refund) => refund.currency === currency && refund.status !== 'failed');
    return {
      currency,
      succeeded: received.length,
      receivedMinor: received.reduce((sum, { amount_received }) => sum + amount_received, 0),
      refunds: returned.length,
      refundedMinor: returned.reduce((sum, { amount }) => sum + amount, 0),
    };
  });
}

/** Books that are forgotten when the process ends. */
export function createMemoryBooks(): BooksStore {
  return { load: () => Promise.resolve([]), append: () => Promise.resolve(), close: () => Promise.resolve() };
}
