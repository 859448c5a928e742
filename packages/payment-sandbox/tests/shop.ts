import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { startPaymentSandbox } from '../src/index.js';
import type { PaymentSandbox, PaymentSandboxOptions } from '../src/index.js';

const SECRET_KEY = 'sk_test_shop';
const WEBHOOK_SECRET = 'whsec_shop';

interface Delivery {
  event: Stripe.Event;
  answered: number;
}

/** A shop's webhook endpoint: verifies every signature with the SDK and remembers what arrived. */
export interface Receiver extends AsyncDisposable {
  url: string;
  deliveries: Delivery[];
  /** Types of accepted events in order of arrival. */
  types(): string[];
  /** The next so many deliveries are answered 503. */
  refuseNext(count: number): void;
}

async function startReceiver(): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  let refusals = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const signature = request.headers['stripe-signature'] ?? '';
      const event = Stripe.webhooks.constructEvent(Buffer.concat(chunks), signature, WEBHOOK_SECRET);
      const answered = refusals > 0 ? 503 : 200;
      if (refusals > 0) refusals -= 1;
      deliveries.push({ event, answered });
      response.writeHead(answered).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/stripe`,
    deliveries,
    types: () => deliveries.filter(({ answered }) => answered === 200).map(({ event }) => event.type),
    refuseNext: (count) => {
      refusals = count;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Shop extends AsyncDisposable {
  sandbox: PaymentSandbox;
  stripe: Stripe;
  receiver: Receiver;
  /** A form sent as a browser does, with the publishable key. */
  browser(path: string, form: Record<string, string>): Promise<{ status: number; body: BrowserAnswer }>;
}

export interface BrowserAnswer {
  id?: string;
  status?: string;
  metadata?: unknown;
  error?: {
    type: string;
    code: string;
    decline_code?: string;
    param?: string;
    payment_intent?: { status: string };
  };
}

/** A shop with the official SDK, a webhook endpoint and a payment provider of its own. */
export async function openShop(options: Partial<PaymentSandboxOptions> = {}): Promise<Shop> {
  const receiver = await startReceiver();
  const retry = { firstMillis: 20, maxMillis: 40, attempts: 50 };
  const sandbox = await startPaymentSandbox({
    secretKey: SECRET_KEY,
    webhook: { url: () => receiver.url, secret: WEBHOOK_SECRET, retry },
    settleMillis: 40,
    ...options,
  });
  return {
    sandbox,
    receiver,
    stripe: connect(sandbox, SECRET_KEY),
    browser: (path, form) => sendForm(`${sandbox.url}${path}`, form),
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

export function connect({ host, port }: PaymentSandbox, key: string): Stripe {
  return new Stripe(key, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
}

async function sendForm(
  url: string,
  form: Record<string, string>,
): Promise<{ status: number; body: BrowserAnswer }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: 'Bearer pk_test_shop' },
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as BrowserAnswer };
}

export const CARD_ONLY = { allowed_payment_method_types: ['card'] };

/** The error a call was refused with. */
export async function refusalOf(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('The call was expected to be refused');
}
