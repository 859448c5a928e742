import { databaseUrl } from '@storegraph/database';
import { connectMessaging, type Messaging } from '@storegraph/events';
import { createLogger, setLogLevel, startTracing } from '@storegraph/observability';
import type { PrismaLike, SubgraphDefinition } from './definition.js';
import type { RequestContext } from './executor.js';
import type { SubgraphLink } from './link.js';
import { listen, type ListeningSubgraph } from './listen.js';
import { createRemoteLink } from './remote-link.js';
import type { ServiceSettings } from './service-config.js';
import { startSubgraph } from './start.js';

const NEIGHBOUR_TIMEOUT_MILLIS = 3_000;
/** After the drain; what has not let go by then is left to the system. */
const STOP_WITHIN_MILLIS = 6_500;

/**
 * Runs one domain as a process of its own until SIGTERM or SIGINT, then lets running requests finish.
 *
 * @param options.neighbours endpoints of the subgraphs this one calls, by name
 */
export async function runSubgraph<Config, Deps, Context extends RequestContext, Prisma extends PrismaLike>(
  definition: SubgraphDefinition<Config, Deps, Context, Prisma>,
  options: { settings: ServiceSettings; config: Config; neighbours?: Readonly<Record<string, string>> },
): Promise<void> {
  const { settings } = options;
  setLogLevel(settings.LOG_LEVEL);
  const log = createLogger(definition.name);
  const tracing = await startTracing({
    service: definition.name,
    version: settings.SERVICE_VERSION,
    log,
  });
  const messaging = connectMessaging({ redisUrl: settings.REDIS_URL, prefix: settings.REDIS_PREFIX });
  const links = new Map<string, SubgraphLink>(
    Object.entries(options.neighbours ?? {}).map(([name, url]) => [
      name,
      createRemoteLink({ name, url, timeoutMillis: NEIGHBOUR_TIMEOUT_MILLIS }),
    ]),
  );
  const letGo = async () => {
    await Promise.all([...links.values()].map((link) => link.close()));
    await messaging.close();
    await tracing.close();
  };
  const server = await startListening(definition, { ...options, messaging, links }).catch(
    async (error: unknown) => {
      await letGo();
      throw error;
    },
  );
  log.info({ url: server.url }, 'listening');

  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), settings.DRAIN_SECONDS * 1_000 + STOP_WITHIN_MILLIS).unref();
    try {
      await server.close();
      await letGo();
    } catch (err) {
      log.error({ err }, 'stopped badly');
      process.exitCode = 1;
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
}

async function startListening<Config, Deps, Context extends RequestContext, Prisma extends PrismaLike>(
  definition: SubgraphDefinition<Config, Deps, Context, Prisma>,
  options: {
    settings: ServiceSettings;
    config: Config;
    messaging: Messaging;
    links: ReadonlyMap<string, SubgraphLink>;
  },
): Promise<ListeningSubgraph> {
  const { settings, config, messaging, links } = options;
  const running = await startSubgraph(definition, {
    config,
    databaseUrl: databaseUrl(settings.DATABASE_URL, definition.name),
    poolSize: settings.DATABASE_POOL_SIZE,
    migrateFirst: settings.MIGRATE_ON_START,
    messaging,
    serviceKeys: settings.SERVICE_KEY.split(',') as [string, ...string[]],
    link: (name) => {
      const link = links.get(name);
      if (!link) throw new TypeError(`${definition.name} has no address of ${name}`);
      return link;
    },
  });
  try {
    const { HOST: host, PORT: port, SOCKET_PATH: socketPath, SERVICE_VERSION: version } = settings;
    const drainMillis = settings.DRAIN_SECONDS * 1_000;
    return await listen(running, { host, port, socketPath, version, drainMillis });
  } catch (error) {
    await running.close();
    throw error;
  }
}
