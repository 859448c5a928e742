import type { Deps } from '../context.js';
import { expireOpenCarts } from './cart.store.js';

const AT_ONCE = 1_000;

/** Closes carts nobody has touched for too long. Answers how many. */
export function expireCarts(deps: Deps): Promise<number> {
  return expireOpenCarts(deps.prisma, deps.now(), AT_ONCE);
}
