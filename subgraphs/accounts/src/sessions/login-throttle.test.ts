import { describe, expect, it } from 'vitest';
import { accountKey, addressKey, keysOf, secondsToWait } from './login-throttle.js';

describe('whom an attempt counts against', () => {
  it('is the address asked for, without repeating it, and the network it came from', () => {
    const keys = keysOf({ emailKey: 'ada@example.test', address: '203.0.113.7' });
    expect(keys).toEqual([accountKey('ada@example.test'), 'address:203.0.113.7']);
    expect(keys.join()).not.toContain('ada');
    expect(keysOf({ emailKey: 'ada@example.test', address: null })).toHaveLength(1);
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:DB8::9', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ])('is, for %s, the network %s', (address, network) => {
    expect(addressKey(address)).toBe(`address:${network}`);
  });
});

describe('waiting', () => {
  const now = new Date(0);
  const limits = { attemptsPerAccount: 2, attemptsPerAddress: 5 };
  const counted = (key: string, attempts: number, seconds: number) => ({
    key,
    attempts,
    windowEndsAt: new Date(seconds * 1_000),
  });

  it('begins with the attempt after the last allowed one', () => {
    expect(secondsToWait([counted('account:x', 2, 60), counted('address:y', 5, 60)], limits, now)).toBeNull();
    expect(secondsToWait([counted('account:x', 3, 60), counted('address:y', 5, 90)], limits, now)).toBe(60);
    expect(secondsToWait([counted('account:x', 1, 60), counted('address:y', 6, 90)], limits, now)).toBe(90);
  });

  it('lasts for the longer of two windows, and a second at least', () => {
    expect(secondsToWait([counted('account:x', 3, 60), counted('address:y', 6, 90)], limits, now)).toBe(90);
    expect(secondsToWait([counted('account:x', 3, 0.2)], limits, now)).toBe(1);
  });
});
