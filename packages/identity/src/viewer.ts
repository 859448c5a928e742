import type { Role } from './roles.js';

/** A signed-in person. */
export type UserViewer = {
  readonly kind: 'user';
  readonly id: string;
  readonly role: Role;
  readonly scopes: readonly string[];
  readonly sessionId: string;
  /** The seller this person acts for, when they are one. */
  readonly sellerId: string | null;
};

/** Another service of the platform acting on its own behalf. */
export type ServiceViewer = { readonly kind: 'service'; readonly name: string };

/** Who is asking. */
export type Viewer = { readonly kind: 'anonymous' } | UserViewer | ServiceViewer;

export const ANONYMOUS: Viewer = { kind: 'anonymous' };

/**
 * Whether the viewer holds the scopes, as `@requiresScopes` reads them: an outer "or" of inner "and"s
 * (Apollo Federation specification 2.5, `@requiresScopes`).
 */
export function hasScopes(viewer: Viewer, required: readonly (readonly string[])[]): boolean {
  if (viewer.kind !== 'user') return false;
  return required.some((all) => all.every((scope) => viewer.scopes.includes(scope)));
}
