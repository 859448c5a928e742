import { z } from 'zod';

/** Thrown when the environment does not describe a runnable process; names every problem at once. */
export class InvalidEnvironment extends Error {
  override readonly name = 'InvalidEnvironment';

  constructor(
    /** Process or workspace that refused to start. */
    readonly service: string,
    /** One line per problem: `PORT: expected a number from 1 to 65535`. */
    readonly problems: readonly string[],
  ) {
    super(
      `${service} cannot start, its environment has ${problems.length} problem(s):\n  - ${problems.join('\n  - ')}`,
    );
  }
}

/**
 * Reads a process's configuration from the environment, once, and reports all problems together.
 * An empty string counts as "not set", as shells and compose files produce it.
 *
 * @throws {InvalidEnvironment} naming each variable and the reason.
 */
export function parseEnv<Shape extends z.ZodRawShape>(
  service: string,
  shape: Shape,
  env: Record<string, string | undefined>,
): z.infer<z.ZodObject<Shape>> {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = z.object(shape).safeParse(present);
  if (result.success) return result.data;
  throw new InvalidEnvironment(
    service,
    result.error.issues.map(({ path, message }) => {
      const name = path.join('.');
      return `${name}: ${Object.hasOwn(present, name) ? message : 'is not set'}`;
    }),
  );
}

/** A TCP port; 0 asks the system for a free one. */
export const port = () =>
  z
    .string()
    .refine((value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535, 'expected a port from 0 to 65535')
    .transform(Number);

/** A switch: `true`/`1`/`yes`/`on` or `false`/`0`/`no`/`off`. */
export const flag = () => z.stringbool();

const LONGEST_DRAIN_SECONDS = 60;
const PRODUCTION_DRAIN_SECONDS = 3;

/**
 * How long a process says "not ready" before it stops accepting connections, so that whoever sends it requests can
 * notice. Nothing outside production, where nobody does.
 */
export const drainSeconds = (nodeEnv: string | undefined) =>
  z.coerce
    .number()
    .min(0)
    .max(LONGEST_DRAIN_SECONDS)
    .default(nodeEnv === 'production' ? PRODUCTION_DRAIN_SECONDS : 0);

/** A PostgreSQL connection URL that names a database. */
export const postgresUrl = () =>
  z
    .string()
    .refine(
      (value) =>
        /^postgres(ql)?:\/\//.test(value) && URL.canParse(value) && new URL(value).pathname.length > 1,
      'expected postgres://user@host:port/database',
    );

/** A Redis connection URL. */
export const redisUrl = () =>
  z
    .string()
    .refine((value) => /^rediss?:\/\//.test(value) && URL.canParse(value), 'expected redis://host:port');

/** Keys every demonstration start shares; production refuses to start with them. */
const DEFAULT_SECRET = 'storegraph-development-only-secret-change-me';
const LEAST_SECRET_LENGTH = 32;

/**
 * A secret of at least 32 characters, or several separated by commas while one is being retired: each of them opens
 * the same door, so each is held to the same rules. Outside production it defaults to a well-known development value;
 * with `NODE_ENV=production` that value, or none, is refused.
 */
export function secret(nodeEnv: string | undefined) {
  const strong = z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((one) => one.trim())
        .join(','),
    )
    .refine(
      (value) => value.split(',').every((one) => one.length >= LEAST_SECRET_LENGTH),
      `expected at least ${LEAST_SECRET_LENGTH} characters, in each if there are several`,
    );
  if (nodeEnv !== 'production') return strong.default(DEFAULT_SECRET);
  return strong.refine(
    (value) => !value.includes('development-only'),
    'the development default is refused in production',
  );
}
