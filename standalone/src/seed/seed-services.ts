import { connectMessaging } from '@storegraph/events';
import { setLogLevel } from '@storegraph/observability';
import { loadSeedConfig } from '../config.js';
import { DOMAINS, startDomains } from '../domains.js';
import type { Progress } from '../progress.js';
import { seedDemoShop } from './seed-demo-shop.js';

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
    env,
  });
  await seedDemoShop(domains, progress);
  await domains.close();
  await messaging.close();
}
