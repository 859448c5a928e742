import type { BooksEntry, Ledger } from './books.js';
import { mintNow } from './ids.js';
import { settleProcessing } from './intents.js';
import type { Charge, PaymentIntent, Refund } from './objects.js';
import { chargeOf, keep } from './payment-intents.action.js';
import { findMeans } from './payment-methods.action.js';
import { keepRefund } from './refunds.action.js';
import { settleRefund } from './refunds.js';
import { Work } from './work.js';

interface SettlementOptions {
  ledger: Ledger;
  settleMillis: number;
  commit(work: Work): Promise<void>;
  onError(error: unknown): void;
}

/** Plays the slow bank: answers, after a while, what was left processing or pending. */
export class Settlement {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #isClosed = false;

  constructor(private readonly options: SettlementOptions) {}

  /** Takes up what an earlier process left open. */
  resume(): void {
    for (const intent of this.options.ledger.all('payment_intent')) this.#watchIntent(intent);
    for (const refund of this.options.ledger.all('refund')) this.#watchRefund(refund);
  }

  watch(entries: readonly BooksEntry[]): void {
    for (const entry of entries) {
      if (entry.table === 'payment_intent') this.#watchIntent(entry.row);
      if (entry.table === 'refund') this.#watchRefund(entry.row);
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #watchIntent(intent: PaymentIntent): void {
    if (intent.status === 'processing') this.#later(intent.id, (work) => settleIntent(intent.id, work));
  }

  #watchRefund(refund: Refund): void {
    const fate = findMeans(refund.payment_method, this.#work())?.instrument.refunds;
    const isOpen =
      (fate === 'succeed-later' && refund.status === 'pending') ||
      (fate === 'fail-later' && refund.status === 'succeeded');
    if (isOpen) this.#later(refund.id, (work) => answerRefund(refund.id, work));
  }

  #later(id: string, settle: (work: Work) => void): void {
    if (this.#isClosed || this.#timers.has(id)) return;
    const timer = setTimeout(() => {
      this.#timers.delete(id);
      const work = this.#work();
      settle(work);
      this.options.commit(work).catch(this.options.onError);
    }, this.options.settleMillis);
    this.#timers.set(id, timer);
  }

  #work(): Work {
    const origin = { requestId: null, idempotencyKey: null, publicUrl: '' };
    return new Work(this.options.ledger, mintNow(), origin);
  }
}

function settleIntent(id: string, work: Work): void {
  const intent = work.find('payment_intent', id);
  if (intent?.status !== 'processing') return;
  const charge = chargeOf(intent, work);
  const means = findMeans(intent.payment_method, work);
  if (charge && means) keep(settleProcessing(intent, { charge, means }), work);
}

function answerRefund(id: string, work: Work): void {
  const refund = work.find('refund', id);
  const charge: Charge | null = refund && work.find('charge', refund.charge);
  if (!refund || !charge) return;
  keepRefund(settleRefund(refund, charge, refund.status === 'pending' ? 'succeeded' : 'failed'), work);
}
