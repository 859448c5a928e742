import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { InvalidEnvironment, flag, parseEnv, port, postgresUrl, redisUrl, secret } from './index.js';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);

function problemsOf(shape: z.ZodRawShape, env: Record<string, string | undefined>): readonly string[] {
  try {
    parseEnv('shop', shape, env);
    return [];
  } catch (error) {
    if (error instanceof InvalidEnvironment) return error.problems;
    throw error;
  }
}

const accepts = (schema: z.ZodType, value: string) => schema.safeParse(value).success;

describe('parseEnv', () => {
  it('names every problem at once, and the service that cannot start', () => {
    const shape = { PORT: port(), DATABASE_URL: postgresUrl(), DEBUG: flag() };
    const env = { PORT: 'http', DATABASE_URL: 'mysql://root@db/shop' };
    expect(problemsOf(shape, env)).toEqual([
      'PORT: expected a port from 0 to 65535',
      'DATABASE_URL: expected postgres://user@host:port/database',
      'DEBUG: is not set',
    ]);
    expect(() => parseEnv('orders', shape, env)).toThrow(/^orders cannot start[\s\S]*3 problem/);
  });

  it('takes an empty string for a variable that is not set', () => {
    const shape = { PORT: port().default(4000), REDIS_URL: redisUrl().optional() };
    expect(parseEnv('shop', shape, { PORT: '', REDIS_URL: '' })).toEqual({ PORT: 4000 });
    expect(problemsOf({ DATABASE_URL: postgresUrl() }, { DATABASE_URL: '' })).toEqual([
      'DATABASE_URL: is not set',
    ]);
  });

  it('answers only what the shape names', () => {
    expect(parseEnv('shop', { PORT: port() }, { PORT: '1', HOME: '/root' })).toEqual({ PORT: 1 });
  });

  it('never repeats a value, which may be a secret', () => {
    const problems = problemsOf(
      { KEY: secret('production'), DATABASE_URL: postgresUrl() },
      { KEY: 'hunter2', DATABASE_URL: 'postgre://shop:hunter2@db/shop' },
    );
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('hunter2');
  });
});

describe('parsers', () => {
  it.each(['0', '80', '65535'])('takes %s for a port', (value) => {
    expect(port().parse(value)).toBe(Number(value));
  });

  it.each([' ', '-1', '65536', '1e3', '0x50', '80.5', '8o'])('takes %j for no port', (value) => {
    expect(accepts(port(), value)).toBe(false);
  });

  it.each([
    ['true', true],
    ['1', true],
    ['yes', true],
    ['on', true],
    ['FALSE', false],
    ['0', false],
    ['no', false],
    ['off', false],
  ])('reads the switch %s', (value, expected) => {
    expect(flag().parse(value)).toBe(expected);
  });

  it('takes nothing else for a switch', () => {
    expect(accepts(flag(), 'maybe')).toBe(false);
  });

  it('wants a database named in a PostgreSQL URL', () => {
    expect(accepts(postgresUrl(), 'postgres://shop:pw@db.internal:5432/shop?sslmode=require')).toBe(true);
    expect(accepts(postgresUrl(), 'postgresql://shop@[::1]/shop')).toBe(true);
    for (const wrong of ['postgres://', 'postgres://db', 'postgres://db/', 'http://db/shop', 'db/shop'])
      expect(accepts(postgresUrl(), wrong), wrong).toBe(false);
  });

  it('takes Redis URLs, encrypted ones too', () => {
    expect(accepts(redisUrl(), 'redis://127.0.0.1:6379')).toBe(true);
    expect(accepts(redisUrl(), 'rediss://user:pw@cache:6380/1')).toBe(true);
    for (const wrong of ['redis:/cache', '127.0.0.1:6379', 'redis://cache:port'])
      expect(accepts(redisUrl(), wrong), wrong).toBe(false);
  });
});

describe('secret', () => {
  const defaulted = parseEnv('shop', { KEY: secret(undefined) }, {}).KEY;

  it('defaults to a well-known value outside production', () => {
    expect(defaulted).toContain('development-only');
    expect(parseEnv('shop', { KEY: secret('test') }, { KEY: '' }).KEY).toBe(defaulted);
  });

  it('refuses none, and the default, in production', () => {
    expect(problemsOf({ KEY: secret('production') }, {})).toEqual(['KEY: is not set']);
    expect(problemsOf({ KEY: secret('production') }, { KEY: defaulted })).toEqual([
      'KEY: the development default is refused in production',
    ]);
  });

  it('refuses the default also where it is only being retired', () => {
    expect(accepts(secret('production'), `${A},${defaulted}`)).toBe(false);
    expect(accepts(secret('production'), `${defaulted} , ${A}`)).toBe(false);
    expect(accepts(secret('production'), `${A},${B}`)).toBe(true);
  });

  it.each([`${A},`, `,${A}`, `${A},short`, 'short'])(
    'refuses %j, whose weakest key is too short',
    (value) => {
      expect(accepts(secret('production'), value)).toBe(false);
      expect(accepts(secret('development'), value)).toBe(false);
    },
  );

  it('forgives spaces around the commas', () => {
    expect(secret('production').parse(` ${A} , ${B} `)).toBe(`${A},${B}`);
  });
});
