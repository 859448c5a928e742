import type { AddressInfo } from 'node:net';
import { createMemoryBooks, booksOf, Ledger } from './books.js';
import type { Books, BooksStore } from './books.js';
import { Exchange } from './exchange.js';
import { Faults } from './faults.js';
import type { FaultPlan } from './faults.js';
import type { SandboxEvent } from './objects.js';
import { buildServer } from './server.js';
import { Settlement } from './settlement.js';
import { WebhookDispatcher } from './webhooks.js';
import type { SandboxLog, WebhookTarget } from './webhooks.js';
import type { Work } from './work.js';

export interface PaymentSandboxOptions {
  /** @default 0 any free port */
  port?: number;
  /** Where to listen. @default '127.0.0.1' */
  host?: string;
  /** The shop's key, `sk_test_…`. */
  secretKey: string;
  /** The storefront's key. @default any `pk_test_…` is accepted; the client secret is what proves the shopper */
  publishableKey?: string;
  webhook: WebhookTarget;
  /** Where shoppers reach the approval page, when not at `http://host:port`. */
  publicUrl?: string;
  /** Where intents, refunds, events and answers are kept. @default in memory */
  books?: BooksStore;
  /** How long bank debits stay `processing` and late refunds `pending`. @default 1_000 one second */
  settleMillis?: number;
  /** Faults from the start. The seed is drawn when absent and can be read from the handle. */
  faults?: Partial<FaultPlan> & { seed?: number };
  log?: SandboxLog;
}

export interface PaymentSandbox {
  readonly host: string;
  readonly port: number;
  /** `http://host:port`, without a trailing slash. */
  readonly url: string;
  /** The provider's own truth. */
  readonly books: Books;
  readonly faults: Faults;
  /** Delivers an event of the books once more, as Stripe may at any time. Throws when there is no such event. */
  redeliver(eventId: string): Promise<void>;
  /** Resolves when no webhook is waiting, under way or to be repeated. */
  webhooksDrained(): Promise<void>;
  /** Stops listening, delivering and settling, then closes the books. Undelivered events stay in the books. */
  close(): Promise<void>;
}

/**
 * Starts a payment provider on loopback that speaks Stripe's wire format, so that a shop runs the official
 * `stripe` SDK without an account: `new Stripe(secretKey, { host, port, protocol: 'http' })`.
 *
 * With kept books, events an earlier process could not deliver are delivered now, and what it left processing
 * is settled. Throws a `TypeError` when the secret key is not a test key; rejects when the port is taken or the
 * books cannot be read.
 */
export async function startPaymentSandbox(options: PaymentSandboxOptions): Promise<PaymentSandbox> {
  const { secretKey, publishableKey, webhook, log, host = '127.0.0.1', settleMillis = 1_000 } = options;
  if (!/^sk_test_\w+$/.test(secretKey)) throw new TypeError('secretKey must look like sk_test_…');
  const { seed = Math.floor(Math.random() * 2 ** 32), ...plan } = options.faults ?? {};
  const faults = new Faults(seed, plan);
  const ledger = await Ledger.open(options.books ?? createMemoryBooks());
  const report = (error: unknown): void =>
    log?.error({ err: error }, 'payment sandbox could not keep its books');
  const dispatcher = new WebhookDispatcher({
    target: webhook,
    faults,
    log,
    onDelivered: (event) => void ledger.record([delivered(event)]).catch(report),
  });
  const publish = (work: Work): Promise<void> => {
    settlement.watch(work.entries);
    return dispatcher.send(work.events);
  };
  const commit = async (work: Work): Promise<void> => {
    await ledger.record(work.entries);
    void publish(work);
  };
  const settlement = new Settlement({ ledger, settleMillis, commit, onError: report });
  const address = { url: '' };
  const publicUrl = (): string => options.publicUrl ?? address.url;
  const exchange = new Exchange({
    keys: { secretKey, publishableKey },
    ledger,
    faults,
    log,
    publicUrl,
    publish,
  });
  const app = buildServer({ exchange, ledger, commit });
  try {
    await app.listen({ host, port: options.port ?? 0 });
  } catch (error) {
    await ledger.store.close();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  address.url = `http://${host}:${port}`;

  settlement.resume();
  void dispatcher.send(ledger.all('event').filter((event) => event.pending_webhooks > 0));

  return {
    host,
    port,
    url: address.url,
    books: booksOf(ledger),
    faults,
    async redeliver(eventId) {
      const event = ledger.find('event', eventId);
      if (!event) throw new Error(`The books hold no event ${eventId}`);
      await dispatcher.send([event]);
    },
    webhooksDrained: () => dispatcher.drained(),
    async close() {
      await app.close();
      settlement.close();
      await dispatcher.close();
      await ledger.store.close();
    },
  };
}

function delivered(event: SandboxEvent) {
  return { table: 'event', row: { ...event, pending_webhooks: 0 } } as const;
}
