import { InvalidEnvironment } from '@storegraph/env';
import { formatCard } from './card.js';
import { loadConfig } from './config.js';
import { DEMO_LOGINS } from './demo/logins.js';
import { DEMO_PASSWORD } from './demo/people.js';
import { PortTaken } from './port-check.js';
import { showProgress } from './progress.js';
import { seedServices } from './seed/seed-services.js';
import { startStandalone } from './standalone.js';

const startedAt = performance.now();
const progress = showProgress(process.stdout);

try {
  if (process.argv[2] === 'seed') await seedServices(process.env, progress);
  else await open();
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`);
  process.exit(1);
}

async function open(): Promise<void> {
  const config = loadConfig(process.env);
  const shop = await startStandalone(config, process.env, { progress });
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
}

function explain(error: unknown): string {
  if (error instanceof PortTaken || error instanceof InvalidEnvironment) return error.message;
  return `Storegraph could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
