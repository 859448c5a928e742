import { describe, expect, it } from 'vitest';
import { passesAtTheDoor, POLICIES } from './policies.js';
import { isRole, isStaff, ROLES, SCOPES_BY_ROLE, scopesOf, type Role } from './roles.js';
import { ANONYMOUS, hasScopes, type Viewer } from './viewer.js';

const person = (role: Role, sellerId: string | null = null): Viewer => ({
  kind: 'user',
  id: 'user_1',
  role,
  scopes: scopesOf(role),
  sessionId: 'ses_1',
  sellerId,
});

const VIEWERS: Record<string, Viewer> = {
  guest: ANONYMOUS,
  customer: person('customer'),
  seller: person('seller', 'sel_1'),
  staff: person('staff'),
  admin: person('admin'),
  service: { kind: 'service', name: 'orders' },
};

const everyone = Object.keys(VIEWERS);
const people = ['customer', 'seller', 'staff', 'admin'];

describe('policies at the door', () => {
  it.each<[keyof typeof POLICIES, string[]]>([
    ['self', people],
    ['order-party', everyone],
    ['cart-holder', everyone],
    ['seller-owner', ['seller']],
    ['product-owner', ['seller']],
    ['asset-owner', people],
    ['staff', ['staff', 'admin']],
    ['service', ['service']],
  ])('%s lets through %j', (policy, expected) => {
    const letIn = everyone.filter((name) => passesAtTheDoor(VIEWERS[name] ?? ANONYMOUS, [[policy]]));
    expect(letIn).toEqual(expected);
  });

  it('have all been tried above', () => {
    expect(Object.keys(POLICIES)).toHaveLength(8);
  });

  it('are an "or" of "and"s', () => {
    const seller = person('seller', 'sel_1');
    expect(passesAtTheDoor(seller, [['self', 'seller-owner']])).toBe(true);
    expect(passesAtTheDoor(seller, [['self', 'staff']])).toBe(false);
    expect(passesAtTheDoor(seller, [['staff'], ['self']])).toBe(true);
    expect(passesAtTheDoor(seller, [])).toBe(false);
  });

  it.each(['unknown', 'constructor', '__proto__', 'toString', ''])('never pass for the name %j', (name) => {
    for (const viewer of Object.values(VIEWERS)) expect(passesAtTheDoor(viewer, [[name]])).toBe(false);
  });
});

describe('scopes', () => {
  it('belong to roles, and each role above holds what the one below does', () => {
    expect(scopesOf('customer')).toEqual([]);
    expect(scopesOf('seller')).toEqual([]);
    expect(scopesOf('admin')).toEqual(expect.arrayContaining([...scopesOf('staff')]));
    expect(scopesOf('staff')).not.toContain('user:write');
    expect(Object.keys(SCOPES_BY_ROLE)).toEqual([...ROLES]);
  });

  it('are an "or" of "and"s, and only people hold them', () => {
    const staff = person('staff');
    expect(hasScopes(staff, [['order:read', 'order:write']])).toBe(true);
    expect(hasScopes(staff, [['order:read', 'user:write']])).toBe(false);
    expect(hasScopes(staff, [['user:write'], ['order:read']])).toBe(true);
    expect(hasScopes(staff, [])).toBe(false);
    expect(hasScopes(ANONYMOUS, [['order:read']])).toBe(false);
    expect(hasScopes({ kind: 'service', name: 'orders' }, [['order:read']])).toBe(false);
  });
});

describe('roles', () => {
  it('are the four, and nothing that only looks like one', () => {
    expect(ROLES.every(isRole)).toBe(true);
    for (const other of ['Admin', 'root', '', null, undefined, 0, ['admin'], {}])
      expect(isRole(other)).toBe(false);
    expect(ROLES.filter(isStaff)).toEqual(['staff', 'admin']);
  });
});
