import { eventTopic, follow, orderStatusChanged } from '@storegraph/events';
import type { Deps } from '../context.js';
import { isFinal, type OrderEvent } from './order.js';
import { findEventsByOrders, findOrdersByIds } from './order.store.js';
import { OrderStatus } from './order-lifecycle.js';

/** How far somebody has followed an order. */
type Place = { readonly sequence: number; readonly status: OrderStatus | null };

/**
 * The history of an order as it is written, every entry once and in order. Ends when nothing more will happen.
 *
 * @param from.afterSequence the last entry seen; `null` begins with what happens from now on
 */
export async function followOrder(
  deps: Deps,
  from: { orderId: string; afterSequence: number | null },
): Promise<AsyncIterableIterator<OrderEvent, undefined>> {
  const { orderId, afterSequence } = from;
  let place: Place = { sequence: afterSequence ?? 0, status: null };
  const history = follow({
    pubsub: deps.pubsub,
    topic: eventTopic(orderStatusChanged.type, orderId),
    log: deps.log,
    async read() {
      const news = await findEventsByOrders(deps.prisma, [orderId], place.sequence);
      place = news.at(-1) ?? place;
      return { news, isOver: news.length === 0 && (await isOver(deps, orderId, place)) };
    },
  });
  if (afterSequence !== null) return history;
  try {
    // Listening has begun: what is written from here on is heard of.
    const events = await findEventsByOrders(deps.prisma, [orderId], 0);
    place = events.at(-1) ?? place;
    return history;
  } catch (error) {
    await history.return?.();
    throw error;
  }
}

async function isOver(deps: Deps, orderId: string, { status }: Place): Promise<boolean> {
  const mayBe = status === null || status === OrderStatus.CANCELLED || status === OrderStatus.REFUNDED;
  if (!mayBe) return false;
  const [order] = await findOrdersByIds(deps.prisma, [orderId]);
  return !order || isFinal(order);
}
