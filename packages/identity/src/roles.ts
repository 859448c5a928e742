export const ROLES = ['customer', 'seller', 'staff', 'admin'] as const;

export type Role = (typeof ROLES)[number];

export function isRole(value: unknown): value is Role {
  return ROLES.includes(value as Role);
}

/** Staff and administrators act for the shop. */
export function isStaff(role: Role): boolean {
  return role === 'staff' || role === 'admin';
}

const STAFF_SCOPES = [
  'catalog:write',
  'catalog:import',
  'inventory:read',
  'inventory:write',
  'order:read',
  'order:write',
  'refund:write',
  'coupon:write',
  'review:moderate',
  'user:read',
  'seller:read',
  'platform:read',
] as const;

/** What each role may do beyond its own things; administrators decide about people as well. */
export const SCOPES_BY_ROLE: Readonly<Record<Role, readonly string[]>> = {
  customer: [],
  seller: [],
  staff: STAFF_SCOPES,
  admin: [...STAFF_SCOPES, 'user:write', 'seller:verify', 'platform:write'],
};

export function scopesOf(role: Role): readonly string[] {
  return SCOPES_BY_ROLE[role];
}
