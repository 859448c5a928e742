import { createLogger } from '@storegraph/observability';
import { createFileBooks, startPaymentSandbox } from '@storegraph/payment-sandbox';
import { runSubgraph } from '@storegraph/subgraph-server';
import { loadConfig } from './config.js';
import { orders } from './subgraph.js';

/** Keys of the sandbox: it runs on loopback, in this process, and holds play money. */
const SANDBOX = {
  secretKey: 'sk_test_storegraph',
  publishableKey: 'pk_test_storegraph',
  webhookSecret: 'whsec_storegraph_sandbox',
};

const { config, sandbox: wishes, ...options } = loadConfig(process.env);

async function startSandbox() {
  const sandbox = await startPaymentSandbox({
    secretKey: SANDBOX.secretKey,
    publishableKey: SANDBOX.publishableKey,
    webhook: { url: wishes.webhookUrl, secret: SANDBOX.webhookSecret },
    books: createFileBooks(wishes.booksFile),
    log: createLogger('payment-sandbox'),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void sandbox.close());
  return { ...SANDBOX, apiUrl: sandbox.url };
}

await runSubgraph(orders, {
  ...options,
  config: { ...config, stripe: config.stripe ?? (await startSandbox()) },
});
