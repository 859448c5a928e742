import { z } from 'zod';
import { drainSeconds, flag, port, postgresUrl, redisUrl, secret } from '@storegraph/env';

/** The settings every subgraph process has; a domain's `config.ts` adds its own. */
export function serviceSettings(defaultPort: number, nodeEnv: string | undefined) {
  return {
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    HOST: z.string().default('127.0.0.1'),
    PORT: port().default(defaultPort),
    /** A socket file to listen on instead of host and port, for a gateway on the same machine. */
    SOCKET_PATH: z.string().startsWith('/').optional(),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    /** One server for all domains; each opens `<database>_<domain>` on it. */
    DATABASE_URL: postgresUrl(),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(50).default(4),
    REDIS_URL: redisUrl().optional(),
    /** Put before every key and channel, so that several shops may share one Redis. */
    REDIS_PREFIX: z.string().default('storegraph'),
    /** Current key first, then the ones being retired, separated by commas. */
    SERVICE_KEY: secret(nodeEnv),
    SERVICE_VERSION: z.string().default('0.1.0'),
    DRAIN_SECONDS: drainSeconds(nodeEnv),
    MIGRATE_ON_START: flag().default(true),
  };
}

export type ServiceSettings = z.infer<z.ZodObject<ReturnType<typeof serviceSettings>>>;
