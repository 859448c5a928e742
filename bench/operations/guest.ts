import { randomUUID } from 'node:crypto';
import { ask, compact, requestBody, requireSuccess, type Outcome } from './graphql.js';
import type { OpenShop } from './operation.js';

/** Where guests of the benchmarks live. */
export const ADDRESS = {
  fullName: 'Ada Winterbourne',
  street: '48 Quarry Lane',
  city: 'Kingston',
  state: 'NY',
  zip: '12401',
  country: 'US',
};

/** What every typed failure tells. */
export const FAILURE = '... on UserError { code message path }';

/** Fills a guest's cart, and asks how it could be sent. */
export const ADD = compact(`
  mutation Add($input: AddCartLinesInput!, $address: PostalAddressInput!) {
    addCartLines(input: $input) {
      __typename
      ... on AddCartLinesSuccess { cartToken cart { shippingOptions(address: $address) { code } } }
      ${FAILURE}
    }
  }`);
const RESERVE = compact(`
  mutation Reserve($input: ReserveCheckoutInput!) {
    reserveCheckout(input: $input) {
      __typename
      ... on ReserveCheckoutSuccess { cart { reservedUntil totals { total { amount currencyCode } } } }
      ${FAILURE}
    }
  }`);
const PLACE = compact(`
  mutation Place($input: PlaceOrderInput!) {
    placeOrder(input: $input) {
      __typename
      ... on PlaceOrderSuccess { guestToken order { id number status } }
      ${FAILURE}
    }
  }`);

type Added = Outcome<{ cartToken: string; cart: { shippingOptions: { code: string }[] } }>;
type Placed = Outcome<{ guestToken: string; order: { id: string } }>;

/** A guest's order, and the secret that lets its holders follow it. */
export type PlacedOrder = { readonly id: string; readonly guestToken: string };

/**
 * Takes a guest from a filled cart to an order that waits for its payment.
 *
 * @param addRequest the body of a request that says `ADD`
 */
export async function placeOrder(shop: OpenShop, addRequest: string): Promise<PlacedOrder> {
  const added = await ask<{ addCartLines: Added }>(shop, addRequest);
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
