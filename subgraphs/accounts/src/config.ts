import { z } from 'zod';
import { parseEnv, secret } from '@storegraph/env';
import { serviceSettings } from '@storegraph/subgraph-server';

/** Settings of the accounts domain beyond those every service has. */
export type AccountsConfig = {
  readonly tokens: {
    readonly issuer: string;
    readonly audience: string;
    readonly accessTtlSeconds: number;
  };
  readonly signingKeys: {
    /** What private keys are encrypted with: the current secret first, then those being retired. */
    readonly secrets: readonly [string, ...string[]];
    readonly rotateAfterDays: number;
  };
  readonly sessions: {
    /** A session ends when it was not refreshed for so long … */
    readonly idleSeconds: number;
    /** … or when it is so old, however often it was refreshed. */
    readonly longestSeconds: number;
    /** Both, for staff and administrators. */
    readonly staffSeconds: number;
  };
  readonly login: {
    readonly windowSeconds: number;
    /** Failed attempts within the window: for one e-mail address, and from one network address. */
    readonly attemptsPerAccount: number;
    readonly attemptsPerAddress: number;
  };
  readonly passwords: {
    /** Hashes computed at the same time. */
    readonly atOnce: number;
    /** Hashes that may wait for their turn; beyond it callers are asked to come back. */
    readonly waiting: number;
  };
};

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;
const UNIT_SECONDS = { s: 1, m: 60, h: HOUR_SECONDS } as const;

/** `15m`, `900s`, `1h`, or a bare number of seconds; answers seconds. */
const duration = () =>
  z
    .string()
    .regex(/^\d{1,6}[smh]?$/, 'expected a duration such as 15m, 900s or 1h')
    .transform((text) => parseInt(text, 10) * (UNIT_SECONDS[text.at(-1) as keyof typeof UNIT_SECONDS] ?? 1))
    .pipe(z.number().min(60, 'expected at least one minute').max(DAY_SECONDS, 'expected at most a day'));

const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const accountsSettings = (nodeEnv: string | undefined) => ({
  TOKEN_ISSUER: z.string().default('storegraph'),
  TOKEN_AUDIENCE: z.string().default('storegraph-api'),
  JWT_ACCESS_EXPIRY: duration().default(900),
  SERVICE_KEY: secret(nodeEnv),
  KEY_ENCRYPTION_SECRET: z.string().min(32, 'expected at least 32 characters').optional(),
  SIGNING_KEY_DAYS: count(1, 365).default(30),
  SESSION_IDLE_DAYS: count(1, 365).default(30),
  SESSION_LONGEST_DAYS: count(1, 730).default(180),
  STAFF_SESSION_HOURS: count(1, 24 * 30).default(24),
  LOGIN_WINDOW_SECONDS: count(1, DAY_SECONDS).default(900),
  LOGIN_ATTEMPTS_PER_ACCOUNT: count(1, 1_000).default(10),
  LOGIN_ATTEMPTS_PER_ADDRESS: count(1, 1_000_000).default(100),
  PASSWORD_HASHES_AT_ONCE: count(1, 64).default(2),
  PASSWORD_HASHES_WAITING: count(0, 10_000).default(100),
});

type AccountsSettings = z.infer<z.ZodObject<ReturnType<typeof accountsSettings>>>;

/** The settings of an accounts process. @throws {InvalidEnvironment} naming every problem */
export function loadConfig(env: NodeJS.ProcessEnv) {
  const settings = parseEnv('accounts', serviceSettings(4001, env['NODE_ENV']), env);
  return { settings, config: readAccountsConfig(env) };
}

/**
 * The domain's own settings, for whoever runs it together with others.
 *
 * @throws {InvalidEnvironment} naming every problem
 */
export function readAccountsConfig(env: NodeJS.ProcessEnv): AccountsConfig {
  return toConfig(parseEnv('accounts', accountsSettings(env['NODE_ENV']), env));
}

function toConfig(settings: AccountsSettings): AccountsConfig {
  const secrets = (settings.KEY_ENCRYPTION_SECRET ?? settings.SERVICE_KEY).split(',');
  return {
    tokens: {
      issuer: settings.TOKEN_ISSUER,
      audience: settings.TOKEN_AUDIENCE,
      accessTtlSeconds: settings.JWT_ACCESS_EXPIRY,
    },
    signingKeys: {
      secrets: secrets as [string, ...string[]],
      rotateAfterDays: settings.SIGNING_KEY_DAYS,
    },
    sessions: {
      idleSeconds: settings.SESSION_IDLE_DAYS * DAY_SECONDS,
      longestSeconds: settings.SESSION_LONGEST_DAYS * DAY_SECONDS,
      staffSeconds: settings.STAFF_SESSION_HOURS * HOUR_SECONDS,
    },
    login: {
      windowSeconds: settings.LOGIN_WINDOW_SECONDS,
      attemptsPerAccount: settings.LOGIN_ATTEMPTS_PER_ACCOUNT,
      attemptsPerAddress: settings.LOGIN_ATTEMPTS_PER_ADDRESS,
    },
    passwords: { atOnce: settings.PASSWORD_HASHES_AT_ONCE, waiting: settings.PASSWORD_HASHES_WAITING },
  };
}
