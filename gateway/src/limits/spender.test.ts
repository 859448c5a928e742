import { describe, expect, it } from 'vitest';
import { ANONYMOUS, type UserViewer } from '@storegraph/identity';
import { spenderOf } from './spender.js';

const user: UserViewer = {
  kind: 'user',
  id: 'u1',
  role: 'customer',
  scopes: [],
  sessionId: 's1',
  sellerId: null,
};
const device = { address: '2001:db8:1:2::9', userAgent: null };

describe('who pays for an operation', () => {
  it('is the person, wherever they are', () => {
    expect(spenderOf({ viewer: user, device })).toEqual({
      kind: 'user',
      key: 'user:u1',
      network: '2001:db8:1:2',
    });
    expect(spenderOf({ viewer: { ...user, sellerId: 'x' }, device }).kind).toBe('seller');
    for (const role of ['staff', 'admin'] as const)
      expect(spenderOf({ viewer: { ...user, role, sellerId: 'x' }, device }).kind).toBe('staff');
  });

  it('is the network of a guest, for all its guests together', () => {
    const guests = ['2001:db8:1:2::9', '2001:db8:1:2:ffff::1'].map((address) =>
      spenderOf({ viewer: ANONYMOUS, device: { address, userAgent: 'any' } }),
    );
    expect(guests.map(({ key }) => key)).toEqual(['address:2001:db8:1:2', 'address:2001:db8:1:2']);
    expect(spenderOf({ viewer: ANONYMOUS, device: undefined }).key).toBe('address:unknown');
  });

  it('is the program of a guest that showed an API key, but never of somebody signed in', () => {
    expect(spenderOf({ viewer: ANONYMOUS, device, apiKey: 'mobile' })).toMatchObject({
      kind: 'apiKey',
      key: 'key:mobile',
    });
    expect(spenderOf({ viewer: user, device, apiKey: 'mobile' }).key).toBe('user:u1');
  });
});
