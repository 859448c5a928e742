import type { Deps } from '../context.js';

/** Where a cart's changes are announced to whoever watches it now. */
export function cartTopic(cartId: string): string {
  return `cart.updated:${cartId}`;
}

/** Tells who watches a cart that it changed. News that gets lost are made good by the next look at the cart. */
export async function announceCart(deps: Deps, cartId: string): Promise<void> {
  try {
    await deps.pubsub.publish(cartTopic(cartId), { cartId });
  } catch (error) {
    deps.log.warn({ err: error, cartId }, 'a change of a cart was not announced');
  }
}
