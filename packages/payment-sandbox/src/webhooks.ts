import { createHmac } from 'node:crypto';
import type { SandboxEvent } from './objects.js';

/** Where events go. */
export interface WebhookTarget {
  /** The shop's endpoint; a function when its port is known only later. Asked again before every attempt. */
  url: string | (() => string);
  /** The signing secret, `whsec_…`. */
  secret: string;
  /** How a refused delivery is repeated. @default { firstMillis: 250, maxMillis: 30_000, attempts: 25 } about ten minutes */
  retry?: { firstMillis: number; maxMillis: number; attempts: number };
}

/** Where the sandbox reports what it could not do; pino and Fastify loggers fit. */
export interface SandboxLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface DispatcherOptions {
  target: WebhookTarget;
  faults: { plan: { webhookCopies: number }; drawWebhookDelayMillis(): number };
  log: SandboxLog | undefined;
  /** An endpoint answered 2xx for this event. */
  onDelivered(event: SandboxEvent): void;
}

const DEFAULT_RETRY = { firstMillis: 250, maxMillis: 30_000, attempts: 25 };
const ANSWER_TIMEOUT_MILLIS = 10_000;
const MAX_IN_FLIGHT = 8;

/**
 * The `Stripe-Signature` header of a payload: HMAC-SHA256 over `<time>.<payload>`.
 * Source: Stripe, "Verify webhook signatures manually".
 */
export function signPayload(payload: string, secret: string, nowSeconds: number): string {
  const signature = createHmac('sha256', secret).update(`${nowSeconds}.${payload}`).digest('hex');
  return `t=${nowSeconds},v1=${signature}`;
}

/** Delivers events at least once, in no promised order, until the endpoint answers 2xx or attempts run out. */
export class WebhookDispatcher {
  /** Cut short whatever is waiting or under way. */
  readonly #interrupts = new Set<() => void>();
  readonly #outstanding = new Set<Promise<void>>();
  readonly #waiting: (() => void)[] = [];
  #inFlight = 0;
  #isClosed = false;

  constructor(private readonly options: DispatcherOptions) {}

  /** Starts the deliveries and returns; resolves when the first attempt of each has been answered. */
  async send(events: readonly SandboxEvent[]): Promise<void> {
    if (this.#isClosed) return;
    const copies = Math.max(1, this.options.faults.plan.webhookCopies);
    const deliveries = events.flatMap((event) => Array.from({ length: copies }, () => this.#start(event)));
    await Promise.all(deliveries);
  }

  /** Resolves when no delivery is waiting, under way or to be repeated. */
  async drained(): Promise<void> {
    while (this.#outstanding.size > 0) await Promise.all(this.#outstanding);
  }

  /** Gives up every delivery at once; the books still know which events are undelivered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const interrupt of this.#interrupts) interrupt();
    for (const proceed of this.#waiting.splice(0)) proceed();
    await this.drained();
  }

  #start(event: SandboxEvent): Promise<void> {
    return new Promise((resolve) => {
      const delivery = this.#deliver(event, resolve).finally(() => {
        resolve();
        this.#outstanding.delete(delivery);
      });
      this.#outstanding.add(delivery);
    });
  }

  async #deliver(event: SandboxEvent, onFirstAttempt: () => void): Promise<void> {
    const { firstMillis, maxMillis, attempts } = this.options.target.retry ?? DEFAULT_RETRY;
    await this.#pause(this.options.faults.drawWebhookDelayMillis());
    for (let attempt = 0; attempt < attempts && !this.#isClosed; attempt += 1) {
      if (await this.#attempt(event)) {
        this.options.onDelivered(event);
        return;
      }
      onFirstAttempt();
      if (attempt + 1 < attempts) await this.#pause(Math.min(firstMillis * 2 ** attempt, maxMillis));
    }
    if (this.#isClosed) return;
    this.options.log?.warn(
      { event: event.id, type: event.type },
      'webhook endpoint never accepted the event',
    );
  }

  async #attempt(event: SandboxEvent): Promise<boolean> {
    await this.#enter();
    try {
      return !this.#isClosed && (await this.#post(event));
    } catch {
      // Not listening yet, reset, too slow, or a URL not known yet: all of them mean "try again".
      return false;
    } finally {
      this.#leave();
    }
  }

  async #post(event: SandboxEvent): Promise<boolean> {
    const { url, secret } = this.options.target;
    const payload = JSON.stringify(event, null, 2);
    const cancellation = new AbortController();
    const cancel = (): void => cancellation.abort();
    const timer = setTimeout(cancel, ANSWER_TIMEOUT_MILLIS);
    this.#interrupts.add(cancel);
    try {
      const response = await fetch(typeof url === 'string' ? url : url(), {
        method: 'POST',
        body: payload,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
          'stripe-signature': signPayload(payload, secret, Math.floor(Date.now() / 1000)),
        },
        redirect: 'manual', // Stripe counts a redirect as a failure
        signal: cancellation.signal,
      });
      await response.body?.cancel();
      return response.ok;
    } finally {
      clearTimeout(timer);
      this.#interrupts.delete(cancel);
    }
  }

  async #enter(): Promise<void> {
    if (this.#inFlight >= MAX_IN_FLIGHT) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#inFlight += 1;
  }

  #leave(): void {
    this.#inFlight -= 1;
    this.#waiting.shift()?.();
  }

  #pause(millis: number): Promise<void> {
    if (millis <= 0 || this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#interrupts.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, millis);
      this.#interrupts.add(wake);
    });
  }
}
