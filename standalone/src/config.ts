import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { drainSeconds, flag, parseEnv, port, postgresUrl, redisUrl, secret } from '@storegraph/env';
import {
  COMMITTED_DOCUMENTS,
  operationsAtOnce,
  streamsPerClient,
  type GatewayConfig,
} from '@storegraph/gateway/config';

/** How the one-process shop runs; everything has a default. */
export type StandaloneConfig = {
  readonly nodeEnv: 'development' | 'test' | 'production';
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  /** Where the embedded database, pictures and the payment sandbox's books are kept. */
  readonly dataDir: string;
  /** An own PostgreSQL server; absent, the embedded one is started. */
  readonly databaseUrl: string | undefined;
  readonly databasePort: number | undefined;
  readonly redisUrl: string | undefined;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly serviceKeys: readonly [string, ...string[]];
  /** Whether an empty shop is filled with demonstration data. */
  readonly demo: boolean;
  /** Where the gateway keeps answers. Without `redisUrl`, `redis` means memory. @default 'memory' */
  readonly answerCache?: 'off' | 'memory' | 'redis';
  readonly stripeSecretKey: string | undefined;
  /** See `GatewayConfig`. */
  readonly drainMillis?: number;
  readonly operationsAtOnce?: number;
  readonly realtime?: GatewayConfig['realtime'];
  readonly version: string;
  /** An operation that takes this long is logged with its plan. @default 1_000 // one second */
  readonly slowOperationMillis?: number;
  /** Who runs query plans: functions compiled for each, or Apollo's own executor. @default 'compiled' */
  readonly executor?: 'compiled' | 'stock';
  /** The manifest of trusted documents. @default COMMITTED_DOCUMENTS */
  readonly documentsFile?: string;
  /** What becomes of documents that are not in the manifest: refused, noted, or run. @default 'off' */
  readonly allowList?: 'only' | 'log' | 'off';
  /** Whether clients may register documents under their hash. @default true */
  readonly persistedQueries?: boolean;
};

const ROOT = resolve(import.meta.dirname, '../..');

/** @throws {InvalidEnvironment} naming every problem */
export function loadConfig(env: NodeJS.ProcessEnv): StandaloneConfig {
  const isProduction = env['NODE_ENV'] === 'production';
  const settings = parseEnv(
    'storegraph',
    {
      NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
      HOST: z.string().default('127.0.0.1'),
      PORT: port().default(4000),
      PUBLIC_URL: z.url().optional(),
      DATA_DIR: z.string().default(resolve(ROOT, '.data')),
      DATABASE_URL: postgresUrl().optional(),
      POSTGRES_PORT: port().optional(),
      REDIS_URL: redisUrl().optional(),
      LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
      SERVICE_KEY: secret(env['NODE_ENV']),
      DEMO_DATA: flag().default(!isProduction),
      ANSWER_CACHE: z.enum(['off', 'memory', 'redis']).default('memory'),
      STRIPE_SECRET_KEY: z.string().startsWith('sk_', 'expected sk_…').optional(),
      SERVICE_VERSION: z.string().default('0.1.0'),
      DRAIN_SECONDS: drainSeconds(env['NODE_ENV']),
      OPERATIONS_AT_ONCE: operationsAtOnce(),
      STREAMS_PER_CLIENT: streamsPerClient(),
      GATEWAY_EXECUTOR: z.enum(['compiled', 'stock']).default('compiled'),
      SLOW_OPERATION_MILLIS: z.coerce.number().int().min(0).default(1_000),
      DOCUMENTS_FILE: z.string().default(COMMITTED_DOCUMENTS),
      ALLOW_LIST: z.enum(['only', 'log', 'off']).default('off'),
      PERSISTED_QUERIES: flag().default(true),
    },
    env,
  );
  return {
    nodeEnv: settings.NODE_ENV,
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`,
    dataDir: resolve(settings.DATA_DIR.replace(/^~(?=\/)/, homedir())),
    databaseUrl: settings.DATABASE_URL,
    databasePort: settings.POSTGRES_PORT,
    redisUrl: settings.REDIS_URL,
    logLevel: settings.LOG_LEVEL,
    serviceKeys: settings.SERVICE_KEY.split(',') as [string, ...string[]],
    demo: settings.DEMO_DATA,
    answerCache: settings.ANSWER_CACHE,
    stripeSecretKey: settings.STRIPE_SECRET_KEY,
    drainMillis: settings.DRAIN_SECONDS * 1_000,
    operationsAtOnce: settings.OPERATIONS_AT_ONCE,
    realtime: { streamsPerClient: settings.STREAMS_PER_CLIENT },
    version: settings.SERVICE_VERSION,
    slowOperationMillis: settings.SLOW_OPERATION_MILLIS,
    executor: settings.GATEWAY_EXECUTOR,
    documentsFile: settings.DOCUMENTS_FILE,
    allowList: settings.ALLOW_LIST,
    persistedQueries: settings.PERSISTED_QUERIES,
  };
}

/** What filling the services' databases needs; the domains read the rest. @throws {InvalidEnvironment} */
export function loadSeedConfig(
  env: NodeJS.ProcessEnv,
): Pick<StandaloneConfig, 'serviceKeys'> & { databaseUrl: string } {
  const settings = parseEnv(
    'seed',
    { DATABASE_URL: postgresUrl(), SERVICE_KEY: secret(env['NODE_ENV']) },
    env,
  );
  return {
    databaseUrl: settings.DATABASE_URL,
    serviceKeys: settings.SERVICE_KEY.split(',') as [string, ...string[]],
  };
}
