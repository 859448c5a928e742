import { isStaff } from './roles.js';
import type { Viewer } from './viewer.js';

/** May a request with this viewer go on to the subgraph, which alone knows the object and decides? */
type DoorRule = (viewer: Viewer) => boolean;

const anyone: DoorRule = () => true;
const signedIn: DoorRule = (viewer) => viewer.kind === 'user';
const actsForASeller: DoorRule = (viewer) => viewer.kind === 'user' && viewer.sellerId !== null;

/**
 * Every policy name a field may carry, with the part of it that can be decided without the object.
 * `order-party` and `cart-holder` let guests through: they hold a secret token that only the owner can check.
 */
export const POLICIES = {
  self: signedIn,
  'order-party': anyone,
  'cart-holder': anyone,
  'seller-owner': actsForASeller,
  'product-owner': actsForASeller,
  'asset-owner': signedIn,
  staff: (viewer: Viewer) => viewer.kind === 'user' && isStaff(viewer.role),
  service: (viewer: Viewer) => viewer.kind === 'service',
} satisfies Record<string, DoorRule>;

export type PolicyName = keyof typeof POLICIES;

/** An outer "or" of inner "and"s, as `@policy` reads them. Unknown names never pass. */
export function passesAtTheDoor(viewer: Viewer, policies: readonly (readonly string[])[]): boolean {
  return policies.some((all) =>
    all.every((name) => Object.hasOwn(POLICIES, name) && POLICIES[name as PolicyName](viewer)),
  );
}
