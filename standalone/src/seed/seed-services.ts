import { connectMessaging } from '@storegraph/events';
import { setLogLevel } from '@storegraph/observability';
import { loadSeedConfig } from '../config.js';
import { DOMAINS, startDomains } from '../domains.js';
import type { Progress } from '../progress.js';
import { seedDemoShop } from './seed-demo-shop.js';

/** Nothing is paid while the shelves are filled, so no provider has to be there. */
const NO_PROVIDER = {
  STRIPE_SECRET_KEY: 'sk_test_nobody',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_nobody',
  STRIPE_WEBHOOK_SECRET: 'whsec_nobody',
  STRIPE_API_URL: 'http://127.0.0.1:9',
};

/**
 * Fills the databases that separate services use with the demonstration shop, then leaves. Events stay in the
 * outboxes for the services to hand on: nothing here lives long enough to be relied on.
 */
export async function seedServices(env: NodeJS.ProcessEnv, progress: Progress): Promise<void> {
  const config = loadSeedConfig(env);
  setLogLevel('warn');
  const messaging = connectMessaging({ domains: [...DOMAINS, 'the services, later'] });
  const domains = await startDomains({
    serverUrl: config.databaseUrl,
    messaging,
    serviceKeys: config.serviceKeys,
    env: { ...env, ...NO_PROVIDER },
  });
  await seedDemoShop(domains, progress);
  await domains.close();
  await messaging.close();
}
