import { InvalidEnvironment } from '@storegraph/env';
import { formatCard } from './card.js';
import { loadConfig } from './config.js';
import { DEMO_PASSWORD } from './demo/people.js';
import { DEMO_LOGINS } from './demo/logins.js';
import { PortTaken } from './port-check.js';
import { showProgress } from './progress.js';
import { startStandalone } from './standalone.js';

const startedAt = performance.now();

try {
  const config = loadConfig(process.env);
  const shop = await startStandalone(config, process.env, showProgress(process.stdout));
  process.stdout.write(
    formatCard({
      url: config.publicUrl,
      readySeconds: (performance.now() - startedAt) / 1_000,
      dataDir: config.dataDir,
      database: shop.database === 'embedded' ? 'PostgreSQL, embedded' : 'PostgreSQL, yours',
      payments: shop.payments === 'stripe' ? 'Stripe' : 'sandbox (play money)',
      demo: config.demo ? { password: DEMO_PASSWORD, logins: DEMO_LOGINS } : null,
    }),
  );
  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= shop.close().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
} catch (error) {
  if (error instanceof PortTaken || error instanceof InvalidEnvironment)
    process.stderr.write(`\n${error.message}\n`);
  else
    process.stderr.write(
      `\nStoregraph could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  process.exit(1);
}
