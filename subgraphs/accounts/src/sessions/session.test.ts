import { describe, expect, it } from 'vitest';
import { expiryOf, hashOfToken, isLive, newRefreshToken } from './session.js';

const at = (seconds: number) => new Date(seconds * 1_000);
const limits = { idleSeconds: 100, longestSeconds: 250, staffSeconds: 40 };

describe('a session', () => {
  it('slides with each refresh, up to its longest', () => {
    const customer = { role: 'customer' as const, createdAt: at(0) };
    expect(expiryOf(customer, limits, at(0))).toEqual({ expiresAt: at(100), endsAt: at(250) });
    expect(expiryOf(customer, limits, at(90))).toEqual({ expiresAt: at(190), endsAt: at(250) });
    expect(expiryOf(customer, limits, at(200))).toEqual({ expiresAt: at(250), endsAt: at(250) });
  });

  it.each(['staff', 'admin'] as const)('of %s does not slide', (role) => {
    expect(expiryOf({ role, createdAt: at(0) }, limits, at(30))).toEqual({
      expiresAt: at(40),
      endsAt: at(40),
    });
  });

  it('lives until it expires, ends or is revoked', () => {
    const session = { expiresAt: at(10), endsAt: at(20), revokedAt: null };
    expect(isLive(session, at(9))).toBe(true);
    expect(isLive(session, at(10))).toBe(false);
    expect(isLive({ ...session, endsAt: at(5) }, at(9))).toBe(false);
    expect(isLive({ ...session, revokedAt: at(1) }, at(9))).toBe(false);
  });
});

describe('a refresh token', () => {
  it('is 256 random bits, and its digest tells nothing about it', () => {
    const token = newRefreshToken();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(newRefreshToken()).not.toBe(token);
    expect(hashOfToken(token)).toMatch(/^[0-9a-f]{64}$/);
  });
});
