import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { flag, parseEnv, port, secret } from '@storegraph/env';

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
  /** How long one operation may take. @default 10_000 // ten seconds */
  readonly requestTimeoutMillis?: number;
  /** How long one fetch of a query may take. @default 2_800 // so that a hanging subgraph costs less than three seconds */
  readonly fetchTimeoutMillis?: number;
  /** How long the gateway says "not ready" before it stops accepting connections. @default 0 */
  readonly drainMillis?: number;
  /** Whether a proxy in front is to be believed about addresses and protocols. @default false */
  readonly trustProxy?: boolean;
};

/** What the gateway needs beyond its config when subgraphs are services of their own. */
export type ServiceSettings = {
  readonly config: GatewayConfig;
  readonly supergraphFile: string;
  /** GraphQL endpoints by subgraph name. */
  readonly subgraphs: Readonly<Record<'accounts' | 'catalog' | 'orders' | 'media' | 'reviews', string>>;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** The current key first, then those being retired. */
  readonly serviceKeys: readonly [string, ...string[]];
  readonly tokens: { readonly issuer: string; readonly audience: string };
};

const COMMITTED_SUPERGRAPH = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));

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
      DRAIN_SECONDS: z.coerce
        .number()
        .min(0)
        .max(60)
        .default(isProduction ? 3 : 0),
      SUPERGRAPH_FILE: z.string().default(COMMITTED_SUPERGRAPH),
      ACCOUNTS_URL: endpoint(4001),
      CATALOG_URL: endpoint(4002),
      ORDERS_URL: endpoint(4003),
      MEDIA_URL: endpoint(4004),
      REVIEWS_URL: endpoint(4005),
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
      trustProxy: settings.TRUST_PROXY,
    },
    supergraphFile: settings.SUPERGRAPH_FILE,
    subgraphs: {
      accounts: settings.ACCOUNTS_URL,
      catalog: settings.CATALOG_URL,
      orders: settings.ORDERS_URL,
      media: settings.MEDIA_URL,
      reviews: settings.REVIEWS_URL,
    },
    logLevel: settings.LOG_LEVEL,
    serviceKeys: listOf(settings.SERVICE_KEY) as unknown as [string, ...string[]],
    tokens: { issuer: settings.TOKEN_ISSUER, audience: settings.TOKEN_AUDIENCE },
  };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}
