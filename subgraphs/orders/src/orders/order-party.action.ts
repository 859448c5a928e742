import { hashOfToken } from '../carts/secret-token.js';
import type { Context } from '../context.js';
import { readerOf } from './order.loader.js';
import { isParty } from './order.js';

type Named = { orderId?: unknown; id?: unknown; number?: unknown; guestToken?: unknown };

/** The policy `order-party`: the order's customer, or the guest who shows its secret. */
export async function isOrderParty(
  { loaders, viewer }: Context,
  { args }: { args: Readonly<Record<string, unknown>> },
): Promise<boolean> {
  const named = (args['input'] ?? args) as Named;
  const id = named.orderId ?? named.id;
  const order =
    typeof id === 'string'
      ? await loaders.anyOrder.load(id)
      : typeof named.number === 'string'
        ? await loaders.anyOrderByNumber.load(named.number)
        : null;
  const { guestToken } = named;
  const shown = typeof guestToken === 'string' ? hashOfToken(guestToken) : null;
  return order !== null && isParty(order, readerOf(viewer, shown));
}

/** The policy `seller-owner` of an order: whoever sells part of it. */
export async function sellsPartOfOrder(
  { loaders, viewer }: Context,
  { args }: { args: Readonly<Record<string, unknown>> },
): Promise<boolean> {
  const { orderId } = (args['input'] ?? {}) as Named;
  if (viewer.kind !== 'user' || viewer.sellerId === null || typeof orderId !== 'string') return false;
  const lines = await loaders.linesOfOrder.load(orderId);
  return lines.some(({ sellerId }) => sellerId === viewer.sellerId);
}
