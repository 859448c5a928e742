import { InvalidEnvironment } from '@storegraph/env';
import { describe, expect, it } from 'vitest';
import { readAccountsConfig } from './config.js';

describe('the settings of accounts', () => {
  it('have defaults outside production', () => {
    expect(readAccountsConfig({ NODE_ENV: 'test' })).toMatchObject({
      tokens: { accessTtlSeconds: 900 },
      login: { windowSeconds: 900, attemptsPerAccount: 10, attemptsPerAddress: 100 },
      passwords: { atOnce: 2 },
    });
  });

  it.each([
    ['15m', 900],
    ['900s', 900],
    ['900', 900],
    ['1h', 3_600],
  ])('read %j as %d seconds', (text, seconds) => {
    expect(readAccountsConfig({ JWT_ACCESS_EXPIRY: text }).tokens.accessTtlSeconds).toBe(seconds);
  });

  it('encrypt keys under a secret of their own, or under the service key', () => {
    const SERVICE_KEY = `${'a'.repeat(32)},${'b'.repeat(32)}`;
    expect(readAccountsConfig({ SERVICE_KEY }).signingKeys.secrets).toEqual(['a'.repeat(32), 'b'.repeat(32)]);
    const KEY_ENCRYPTION_SECRET = 'c'.repeat(32);
    expect(readAccountsConfig({ SERVICE_KEY, KEY_ENCRYPTION_SECRET }).signingKeys.secrets).toEqual([
      'c'.repeat(32),
    ]);
  });

  it('are refused when they make no sense, all at once', () => {
    const read = () =>
      readAccountsConfig({ NODE_ENV: 'production', JWT_ACCESS_EXPIRY: '2d', SIGNING_KEY_DAYS: '0' });
    expect(read).toThrow(InvalidEnvironment);
    expect(read).toThrow(/JWT_ACCESS_EXPIRY[\s\S]*SERVICE_KEY[\s\S]*SIGNING_KEY_DAYS/);
  });
});
