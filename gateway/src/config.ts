import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { drainSeconds, flag, parseEnv, port, redisUrl, secret } from '@storegraph/env';
import type { RedisTransportOptions } from '@storegraph/events';
import { readLimits } from './limits/limits-config.js';
import type { LimitsConfig } from './limits/limits.js';
import type { AllowList } from './documents/find-document.js';
import { REALTIME_LIMITS, type RealtimeLimits } from './realtime/realtime-limits.js';

/** How one gateway behaves, whichever topology it runs in. */
export type GatewayConfig = {
  readonly host: string;
  /** 0 asks the system for a free port. */
  readonly port: number;
  readonly nodeEnv: 'development' | 'test' | 'production';
  /** The address people know the gateway by, when it is not the one it listens on. */
  readonly publicUrl: string | null;
  readonly playground: boolean;
  /** Whether clients may read the schema, be it by introspection or through suggestions in errors. */
  readonly introspection: boolean;
  /** Web pages of these origins may call; `*` lets every page. */
  readonly corsOrigins: readonly string[];
  readonly version: string;
  /**
   * What becomes of documents that are not in the manifest: refused (`only`), noted once each (`log`), or run (`off`).
   * @default 'off'
   */
  readonly allowList?: AllowList;
  /** Whether clients may register documents under their hash (Apollo's automatic persisted queries). @default true */
  readonly persistedQueries?: boolean;
  /** How long one operation may take. @default 10_000 // ten seconds */
  readonly requestTimeoutMillis?: number;
  /** How long the fetches of a query may take together. @default 2_500 // so that a hanging subgraph costs less than three seconds */
  readonly fetchTimeoutMillis?: number;
  /** How long the gateway says "not ready" before it stops accepting connections. @default 0 */
  readonly drainMillis?: number;
  /** Who runs query plans: functions compiled for each, or Apollo's own executor. @default 'compiled' */
  readonly executor?: 'compiled' | 'stock';
  /** How many operations may run at once before more are refused (503). @default 200 */
  readonly operationsAtOnce?: number;
  /** How late the event loop may be, with much to do, before more is refused. @default 700 */
  readonly lateMillis?: number;
  /** Whether a proxy in front is to be believed about addresses and protocols. @default false */
  readonly trustProxy?: boolean;
  /** An operation that takes this long is logged with its plan and its fetches. @default 1_000 // one second */
  readonly slowOperationMillis?: number;
  /** What one live connection may cost. @default REALTIME_LIMITS */
  readonly realtime?: Partial<RealtimeLimits>;
  /** What clients may ask. @default a price limit for each operation, and no count of how many */
  readonly limits?: LimitsConfig;
};

/** What the gateway needs beyond its config when subgraphs are services of their own. */
export type ServiceSettings = {
  readonly config: GatewayConfig;
  readonly supergraphFile: string;
  /** The manifest of trusted documents. */
  readonly documentsFile: string;
  /** GraphQL endpoints by subgraph name. */
  readonly subgraphs: Readonly<Record<'accounts' | 'catalog' | 'orders' | 'media' | 'reviews', string>>;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** The current key first, then those being retired. */
  readonly serviceKeys: readonly [string, ...string[]];
  /** Where answers are kept; null when they are not. */
  readonly answerCache: AnswerCacheSettings | null;
  /** What gateways share; `null`: each is on its own. */
  readonly redis: RedisTransportOptions | null;
  readonly tokens: { readonly issuer: string; readonly audience: string };
};

/** Answers are kept in memory and, if so chosen, in Redis as well; either way Redis tells when they are stale. */
export type AnswerCacheSettings = {
  readonly redisUrl: string;
  readonly redisPrefix: string;
  readonly isShared: boolean;
};

const COMMITTED_SUPERGRAPH = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));

/** The manifest of trusted documents that is served unless another is named. */
export const COMMITTED_DOCUMENTS = fileURLToPath(new URL('../../schema/documents.json', import.meta.url));

/** How many operations may run at once; standalone has the same. */
export const operationsAtOnce = () => z.coerce.number().int().min(1).max(100_000).default(200);

/** How many event streams one client may have open; standalone has the same. */
export const streamsPerClient = () =>
  z.coerce.number().int().min(1).max(100_000).default(REALTIME_LIMITS.streamsPerClient);

const endpoint = (defaultPort: number) => z.url().default(`http://127.0.0.1:${defaultPort}/graphql`);

/**
 * Reads the environment of the gateway's own process.
 *
 * @throws {InvalidEnvironment} naming every problem
 */
export function loadConfig(env: Record<string, string | undefined>): ServiceSettings {
  const isProduction = env['NODE_ENV'] === 'production';
  const settings = parseEnv(
    'gateway',
    {
      NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
      HOST: z.string().default('127.0.0.1'),
      PORT: port().default(4000),
      PUBLIC_URL: z.url().optional(),
      LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
      PLAYGROUND: flag().default(!isProduction),
      INTROSPECTION: flag().optional(),
      CORS_ORIGINS: z.string().default(''),
      TRUST_PROXY: flag().default(false),
      ALLOW_LIST: z.enum(['only', 'log', 'off']).default('off'),
      PERSISTED_QUERIES: flag().default(true),
      DOCUMENTS_FILE: z.string().default(COMMITTED_DOCUMENTS),
      DRAIN_SECONDS: drainSeconds(env['NODE_ENV']),
      SLOW_OPERATION_MILLIS: z.coerce.number().int().min(0).default(1_000),
      GATEWAY_EXECUTOR: z.enum(['compiled', 'stock']).default('compiled'),
      OPERATIONS_AT_ONCE: operationsAtOnce(),
      STREAMS_PER_CLIENT: streamsPerClient(),
      SUPERGRAPH_FILE: z.string().default(COMMITTED_SUPERGRAPH),
      ACCOUNTS_URL: endpoint(4001),
      CATALOG_URL: endpoint(4002),
      ORDERS_URL: endpoint(4003),
      MEDIA_URL: endpoint(4004),
      REVIEWS_URL: endpoint(4005),
      REDIS_URL: redisUrl().optional(),
      REDIS_PREFIX: z.string().default('storegraph'),
      ANSWER_CACHE: z.enum(['off', 'memory', 'redis']).optional(),
      SERVICE_KEY: secret(env['NODE_ENV']),
      SERVICE_VERSION: z.string().default('0.1.0'),
      TOKEN_ISSUER: z.string().default('storegraph'),
      TOKEN_AUDIENCE: z.string().default('storegraph-api'),
    },
    env,
  );
  return {
    config: {
      host: settings.HOST,
      port: settings.PORT,
      nodeEnv: settings.NODE_ENV,
      publicUrl: settings.PUBLIC_URL ?? null,
      playground: settings.PLAYGROUND,
      // The playground is of little use without the schema.
      introspection: settings.INTROSPECTION ?? (!isProduction || settings.PLAYGROUND),
      corsOrigins: listOf(settings.CORS_ORIGINS),
      version: settings.SERVICE_VERSION,
      drainMillis: settings.DRAIN_SECONDS * 1_000,
      operationsAtOnce: settings.OPERATIONS_AT_ONCE,
      trustProxy: settings.TRUST_PROXY,
      realtime: { streamsPerClient: settings.STREAMS_PER_CLIENT },
      limits: readLimits(env),
      slowOperationMillis: settings.SLOW_OPERATION_MILLIS,
      executor: settings.GATEWAY_EXECUTOR,
      allowList: settings.ALLOW_LIST,
      persistedQueries: settings.PERSISTED_QUERIES,
    },
    supergraphFile: settings.SUPERGRAPH_FILE,
    documentsFile: settings.DOCUMENTS_FILE,
    subgraphs: endpointsOf(settings),
    answerCache: answerCacheFrom(settings),
    redis: settings.REDIS_URL ? { redisUrl: settings.REDIS_URL, prefix: settings.REDIS_PREFIX } : null,
    logLevel: settings.LOG_LEVEL,
    serviceKeys: listOf(settings.SERVICE_KEY) as unknown as [string, ...string[]],
    tokens: { issuer: settings.TOKEN_ISSUER, audience: settings.TOKEN_AUDIENCE },
  };
}

/** Without Redis nobody tells this process that something changed, so nothing is kept. */
function answerCacheFrom(settings: {
  REDIS_URL?: string | undefined;
  REDIS_PREFIX: string;
  ANSWER_CACHE?: 'off' | 'memory' | 'redis' | undefined;
}): AnswerCacheSettings | null {
  const { REDIS_URL: url, REDIS_PREFIX: redisPrefix, ANSWER_CACHE: cache = 'memory' } = settings;
  return url === undefined || cache === 'off'
    ? null
    : { redisUrl: url, redisPrefix, isShared: cache === 'redis' };
}

type Endpoint = 'ACCOUNTS_URL' | 'CATALOG_URL' | 'ORDERS_URL' | 'MEDIA_URL' | 'REVIEWS_URL';

function endpointsOf(settings: Readonly<Record<Endpoint, string>>): ServiceSettings['subgraphs'] {
  return {
    accounts: settings.ACCOUNTS_URL,
    catalog: settings.CATALOG_URL,
    orders: settings.ORDERS_URL,
    media: settings.MEDIA_URL,
    reviews: settings.REVIEWS_URL,
  };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}
