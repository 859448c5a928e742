import type { Visitor } from './client.js';
import type { Journal } from './journal.js';
import type { Watched } from './watch-order.js';

const FAILURE = '... on UserError { code message path }';
const SHIP = `mutation Ship($input: ShipOrderInput!) { shipOrder(input: $input) { ... on ShipOrderSuccess { order { status } } ${FAILURE} } }`;
const DELIVER = `mutation Deliver($input: DeliverOrderInput!) { deliverOrder(input: $input) { ... on DeliverOrderSuccess { order { status } } ${FAILURE} } }`;

/** Staff ship and deliver while the shopper watches. */
export async function fulfilOrder(
  journal: Journal,
  staff: Visitor,
  { orderId, watched }: { orderId: string; watched: Watched },
): Promise<void> {
  await journal.step('the shopper sees PAID arrive', async () => {
    const { event, order } = await watched.until('PAID');
    return [
      `event ${event.sequence}: ${order.lines[0].product.name} by ${order.lines[0].product.brand.name}, for ${order.customer.displayName}`,
      null,
    ] as const;
  });
  await journal.step('staff ship it, SHIPPED arrives', async () => {
    await staff.must(SHIP, { input: { orderId, carrier: 'Tour Parcel', trackingNumber: 'TP-0001' } });
    const { event } = await watched.until('SHIPPED');
    return [`event ${event.sequence}`, null] as const;
  });
  await journal.step('staff mark it delivered, DELIVERED arrives', async () => {
    await staff.must(DELIVER, { input: { orderId } });
    const { event } = await watched.until('DELIVERED');
    return [`event ${event.sequence}`, null] as const;
  });
}
