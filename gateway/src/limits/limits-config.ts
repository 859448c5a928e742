import { z } from 'zod';
import { flag, parseEnv, redisUrl } from '@storegraph/env';
import { DEFAULT_BUDGETS } from './budgets.js';
import type { LimitsConfig } from './limits.js';
import { DEFAULT_RATE_LIMITS } from './rate-limits.js';
import { SPENDER_KINDS, type SpenderKind } from './spender.js';

type Points = Readonly<Record<SpenderKind, number>>;

const POINTS = /^\s*(\w+)\s*=\s*([1-9]\d{0,8})\s*$/;
const API_KEY = /^\s*([\w-]{1,64})\s*=\s*([0-9a-f]{64})\s*$/;

/** `anonymous=1000,staff=20000`: what is not named keeps its default. */
const points = (defaults: Points) =>
  z
    .string()
    .default('')
    .refine((text) => entriesOf(text).every((entry) => isKind(POINTS.exec(entry)?.[1])), {
      message: `expected kind=points, separated by commas; kinds are ${SPENDER_KINDS.join(', ')}`,
    })
    .transform((text): Points => {
      const given = entriesOf(text).map((entry) => POINTS.exec(entry) ?? []);
      return { ...defaults, ...Object.fromEntries(given.map(([, kind, amount]) => [kind, Number(amount)])) };
    });

/** `mobile=<SHA-256 of the key>`: names by digest. */
const apiKeys = () =>
  z
    .string()
    .default('')
    .refine((text) => entriesOf(text).every((entry) => API_KEY.test(entry)), {
      message:
        'expected name=digest, separated by commas; a digest is the SHA-256 of the key, in lower-case hexadecimal',
    })
    .transform(
      (text) =>
        new Map(
          entriesOf(text)
            .map((entry) => API_KEY.exec(entry) ?? [])
            .map(([, name = '', digest = '']) => [digest, name]),
        ),
    );

/**
 * Reads what clients may ask.
 *
 * @throws {InvalidEnvironment} naming every problem
 */
export function readLimits(env: Record<string, string | undefined>): LimitsConfig {
  const settings = parseEnv(
    'limits',
    {
      COST_BUDGETS: points(DEFAULT_BUDGETS),
      RATE_LIMITS: flag().default(env['NODE_ENV'] === 'production'),
      RATE_LIMIT_POINTS: points(DEFAULT_RATE_LIMITS.points),
      RATE_LIMIT_ATTEMPTS: z.coerce.number().int().min(1).default(DEFAULT_RATE_LIMITS.attempts),
      RATE_LIMIT_WINDOW_SECONDS: z.coerce
        .number()
        .int()
        .min(1)
        .max(86_400)
        .default(DEFAULT_RATE_LIMITS.windowSeconds),
      API_KEYS: apiKeys(),
      REDIS_URL: redisUrl().optional(),
      REDIS_PREFIX: z.string().optional(),
    },
    env,
  );
  const rateLimits = {
    points: settings.RATE_LIMIT_POINTS,
    attempts: settings.RATE_LIMIT_ATTEMPTS,
    windowSeconds: settings.RATE_LIMIT_WINDOW_SECONDS,
    redisUrl: settings.REDIS_URL,
    redisPrefix: settings.REDIS_PREFIX,
  };
  return {
    budgets: settings.COST_BUDGETS,
    apiKeys: settings.API_KEYS,
    ...(settings.RATE_LIMITS ? { rateLimits } : {}),
  };
}

function entriesOf(text: string): string[] {
  return text.split(',').filter((entry) => entry.trim() !== '');
}

function isKind(name: string | undefined): boolean {
  return SPENDER_KINDS.includes(name as SpenderKind);
}
