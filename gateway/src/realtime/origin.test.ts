import { describe, expect, it } from 'vitest';
import { createOriginCheck } from './origin.js';

const check = (options: Partial<Parameters<typeof createOriginCheck>[0]> = {}) =>
  createOriginCheck({
    corsOrigins: ['https://shop.example'],
    publicUrl: null,
    trustProxy: false,
    ...options,
  });

describe('the origin of a connection', () => {
  it.each<[what: string, headers: Record<string, string>, isAllowed: boolean]>([
    ['no page', { host: 'api.example' }, true],
    ['a page that may call', { host: 'api.example', origin: 'https://shop.example' }, true],
    ['the same in other letters', { host: 'api.example', origin: 'https://SHOP.example' }, true],
    ['the gateway’s own page', { host: 'api.example:4000', origin: 'http://api.example:4000' }, true],
    ['a foreign page', { host: 'api.example', origin: 'https://evil.example' }, false],
    ['a page on another port', { host: 'api.example:4000', origin: 'http://api.example:4001' }, false],
    [
      'a page whose name begins alike',
      { host: 'api.example', origin: 'https://shop.example.evil.example' },
      false,
    ],
    ['a sandboxed page', { host: 'api.example', origin: 'null' }, false],
    ['a page without a host', { origin: 'null' }, false],
    [
      'a forwarded host without a trusted proxy',
      { host: 'inner', 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' },
      false,
    ],
  ])('of %s', (_what, headers, isAllowed) => {
    expect(check()(headers)).toBe(isAllowed);
  });

  it('is compared with the host a trusted proxy names, and with the public address', () => {
    const headers = { host: 'inner:4000', 'x-forwarded-host': 'api.example', origin: 'https://api.example' };
    expect(check({ trustProxy: true })(headers)).toBe(true);
    expect(
      check({ publicUrl: 'https://api.example/' })({ host: 'inner', origin: 'https://api.example' }),
    ).toBe(true);
  });

  it('may be any where every page may call', () => {
    expect(check({ corsOrigins: ['*'] })({ host: 'api.example', origin: 'https://evil.example' })).toBe(true);
  });
});
