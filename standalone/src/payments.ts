import { join } from 'node:path';
import { createFileBooks, startPaymentSandbox } from '@storegraph/payment-sandbox';
import { createLogger } from '@storegraph/observability';
import type { StandaloneConfig } from './config.js';

/** Keys of the sandbox: it runs on loopback, in this process, and holds play money. */
const SANDBOX = {
  secretKey: 'sk_test_storegraph',
  publishableKey: 'pk_test_storegraph',
  webhookSecret: 'whsec_storegraph_sandbox',
};

export type Payments = {
  readonly provider: 'stripe' | 'sandbox';
  /** The settings orders needs to reach the provider. */
  readonly env: Readonly<Record<string, string>>;
  /** Tells the sandbox where the shop's webhook is; Stripe knows from its dashboard. */
  webhooksGoTo(gatewayUrl: string): void;
  close(): Promise<void>;
};

/** Stripe when a key is given, otherwise the sandbox that speaks its language. */
export async function startPayments(config: StandaloneConfig): Promise<Payments> {
  if (config.stripeSecretKey) {
    return { provider: 'stripe', env: {}, webhooksGoTo: () => undefined, close: () => Promise.resolve() };
  }
  let webhookUrl = `${config.publicUrl}/webhooks/stripe`;
  const sandbox = await startPaymentSandbox({
    secretKey: SANDBOX.secretKey,
    publishableKey: SANDBOX.publishableKey,
    webhook: { url: () => webhookUrl, secret: SANDBOX.webhookSecret },
    books: createFileBooks(join(config.dataDir, 'payment-sandbox', 'books.jsonl')),
    log: createLogger('payment-sandbox'),
  });
  return {
    provider: 'sandbox',
    env: {
      STRIPE_SECRET_KEY: SANDBOX.secretKey,
      STRIPE_PUBLISHABLE_KEY: SANDBOX.publishableKey,
      STRIPE_WEBHOOK_SECRET: SANDBOX.webhookSecret,
      STRIPE_API_URL: sandbox.url,
    },
    webhooksGoTo: (gatewayUrl) => {
      webhookUrl = `${gatewayUrl}/webhooks/stripe`;
    },
    close: () => sandbox.close(),
  };
}
