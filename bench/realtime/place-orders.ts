import { randomUUID } from 'node:crypto';
import { ask, compact, requestBody, requireSuccess, type Outcome } from '../operations/graphql.js';
import { ADD, ADDRESS, FAILURE } from '../operations/guest.js';
import type { OpenShop } from '../operations/operation.js';
import { sellableVariants } from '../operations/sellable-variants.js';

/** A guest's order, and the secret that lets its holders follow it. */
export type PlacedOrder = { readonly id: string; readonly guestToken: string };

const RESERVE = compact(`
  mutation Reserve($input: ReserveCheckoutInput!) {
    reserveCheckout(input: $input) { __typename ... on ReserveCheckoutSuccess { cart { id } } ${FAILURE} }
  }`);
const PLACE = compact(`
  mutation Place($input: PlaceOrderInput!) {
    placeOrder(input: $input) { __typename ... on PlaceOrderSuccess { guestToken order { id } } ${FAILURE} }
  }`);

type Added = Outcome<{ cartToken: string; cart: { shippingOptions: { code: string }[] } }>;
type Placed = Outcome<{ guestToken: string; order: { id: string } }>;

/** Guests place so many orders, one after the other. */
export async function placeOrders(shop: OpenShop, count: number): Promise<PlacedOrder[]> {
  const variants = await sellableVariants(shop);
  const orders: PlacedOrder[] = [];
  while (orders.length < count) {
    const variantId = variants[orders.length % variants.length] ?? '';
    orders.push(await placeOrder(shop, variantId));
  }
  return orders;
}

async function placeOrder(shop: OpenShop, variantId: string): Promise<PlacedOrder> {
  const lines = [{ variantId, quantity: 1 }];
  const added = await ask<{ addCartLines: Added }>(
    shop,
    requestBody(ADD, { input: { lines }, address: ADDRESS }),
  );
  const { cartToken, cart } = requireSuccess(added.data.addCartLines);
  const delivery = {
    cartToken,
    email: 'shopper@example.test',
    shippingAddress: ADDRESS,
    shippingOptionId: cart.shippingOptions[0]?.code,
  };
  const reserved = await ask<{ reserveCheckout: Outcome<object> }>(
    shop,
    requestBody(RESERVE, { input: delivery }),
  );
  requireSuccess(reserved.data.reserveCheckout);
  const wish = { cartToken, idempotencyKey: randomUUID() };
  const placed = await ask<{ placeOrder: Placed }>(shop, requestBody(PLACE, { input: wish }));
  const { order, guestToken } = requireSuccess(placed.data.placeOrder);
  return { id: order.id, guestToken };
}
