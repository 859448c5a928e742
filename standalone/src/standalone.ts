import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose';
import { startEmbeddedPostgres } from '@storegraph/database';
import { connectMessaging, type Messaging } from '@storegraph/events';
import { startGateway, type GatewayOptions } from '@storegraph/gateway';
import { COMMITTED_DOCUMENTS } from '@storegraph/gateway/config';
import { readLimits } from '@storegraph/gateway/limits';
import { createLogger, setLogLevel, startTracing } from '@storegraph/observability';
import { startPayments } from './payments.js';
import type { StandaloneConfig } from './config.js';
import { DOMAINS, startDomains, type Domains, type OnStatement } from './domains.js';
import { DEMO_LOGINS } from './demo/logins.js';
import { DEMO_PASSWORD } from './demo/people.js';
import { requireFreePort } from './port-check.js';
import type { Progress } from './progress.js';
import { seedDemoShop } from './seed/seed-demo-shop.js';

const SUPERGRAPH = resolve(import.meta.dirname, '../../schema/supergraph.graphql');

export type Standalone = {
  readonly url: string;
  readonly domains: Domains;
  readonly database: 'embedded' | 'external';
  readonly payments: 'stripe' | 'sandbox';
  /** Stops taking requests, lets running ones finish, and stops everything that was started. */
  close(): Promise<void>;
};

/** Who is told what the shop does. */
export type Observers = { readonly progress: Progress; readonly onStatement?: OnStatement };

/**
 * Opens the whole shop in this process: a database, every domain, and the gateway in front.
 *
 * @throws {PortTaken} before anything is started; whatever else fails stops what was started
 */
export async function startStandalone(
  config: StandaloneConfig,
  env: NodeJS.ProcessEnv,
  { progress, onStatement }: Observers,
): Promise<Standalone> {
  setLogLevel(config.logLevel);
  const log = createLogger('standalone');
  await requireFreePort(config.port, config.host);
  const stops: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const stop of stops.reverse()) await stop();
    stops.length = 0;
  };
  try {
    const tracing = await startTracing({ service: 'storegraph', version: config.version, log });
    stops.push(() => tracing.close());
    const serverUrl =
      config.databaseUrl ?? (await progress('Starting PostgreSQL', () => startDatabase(config, stops)));
    const messaging = connectMessaging({ redisUrl: config.redisUrl, domains: DOMAINS });
    stops.push(() => messaging.close());
    const payments = await startPayments(config);
    stops.push(payments.close);

    const domains = await progress('Preparing five databases', () =>
      startDomains({
        serverUrl,
        messaging,
        serviceKeys: config.serviceKeys,
        onStatement,
        env: {
          ...env,
          ...payments.env,
          MEDIA_FOLDER: join(config.dataDir, 'media'),
          PUBLIC_URL: config.publicUrl,
          SERVICE_KEY: config.serviceKeys.join(','),
        },
      }),
    );
    stops.push(() => domains.close());
    if (config.demo) await seedDemoShop(domains, progress);

    const gateway = await startGateway({
      config: doorOf(config, env),
      supergraphSdl: await readFile(SUPERGRAPH, 'utf8'),
      documentManifest: await readFile(config.documentsFile ?? COMMITTED_DOCUMENTS, 'utf8'),
      links: domains.all,
      routes: domains.all.flatMap(({ routes }) => (routes ? [routes] : [])),
      accessTokens: { keys: keysOf(domains), ...domains.accounts.deps.config.tokens },
      serviceKeys: config.serviceKeys,
      readiness: () => readinessOf(domains),
      answerCache: answerCacheOf(config, messaging),
      persistedQueryCache: config.redisUrl === undefined ? undefined : messaging.cache,
      demo: config.demo
        ? { logins: DEMO_LOGINS.map((login) => ({ ...login, password: DEMO_PASSWORD })) }
        : undefined,
    });
    stops.push(() => gateway.close());
    payments.webhooksGoTo(gateway.url);
    log.info({ url: gateway.url }, 'open');
    return {
      url: gateway.url,
      domains,
      database: config.databaseUrl ? 'external' : 'embedded',
      payments: payments.provider,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function doorOf(config: StandaloneConfig, env: NodeJS.ProcessEnv): GatewayOptions['config'] {
  const isOpen = config.nodeEnv !== 'production' || env['PLAYGROUND'] === 'true';
  return {
    host: config.host,
    port: config.port,
    nodeEnv: config.nodeEnv,
    publicUrl: config.publicUrl,
    playground: isOpen,
    introspection: isOpen,
    corsOrigins: (env['CORS_ORIGINS'] ?? '').split(',').filter(Boolean),
    limits: readLimits(env),
    version: config.version,
    drainMillis: config.drainMillis,
    operationsAtOnce: config.operationsAtOnce,
    realtime: config.realtime,
    slowOperationMillis: config.slowOperationMillis,
    executor: config.executor,
    allowList: config.allowList,
    persistedQueries: config.persistedQueries,
  };
}

function answerCacheOf(
  { answerCache, redisUrl }: StandaloneConfig,
  { pubsub }: Messaging,
): GatewayOptions['answerCache'] {
  if (answerCache === 'off') return undefined;
  return { pubsub, redis: answerCache === 'redis' && redisUrl ? { url: redisUrl } : undefined };
}

async function startDatabase(config: StandaloneConfig, stops: (() => Promise<void>)[]): Promise<string> {
  const server = await startEmbeddedPostgres({
    dataDir: join(config.dataDir, 'postgres'),
    port: config.databasePort,
    log: createLogger('postgres'),
  });
  stops.push(() => server.stop());
  return server.url;
}

/** The gateway asks accounts for its public keys directly; a key it does not know makes it ask again. */
function keysOf({ accounts }: Domains): JWTVerifyGetKey {
  let local: JWTVerifyGetKey | null = null;
  const load = async () => (local = createLocalJWKSet(await accounts.deps.findPublicKeys()));
  return async (header, token) => {
    try {
      return await (local ?? (await load()))(header, token);
    } catch {
      return (await load())(header, token);
    }
  };
}

async function readinessOf(domains: Domains): Promise<Record<string, 'ok' | 'unavailable'>> {
  const states = await Promise.all(
    domains.all.map(async ({ name, isReady }) => [name, (await isReady()) ? 'ok' : 'unavailable'] as const),
  );
  return Object.fromEntries(states);
}
