import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { TourFailed, type Answer, type Visitor } from '../tour/client.js';

/** A guest's order that has been paid, and the secret that lets its holders follow it. */
export type PlacedOrder = { readonly id: string; readonly guestToken: string };

const ADDRESS = {
  fullName: 'Ada Winterbourne',
  street: '48 Quarry Lane',
  city: 'Kingston',
  state: 'NY',
  zip: '12401',
  country: 'US',
};
const FAILURE = '... on UserError { code message path }';
const GOODS = `{ products(first: 24, filter: { inStock: true }) { edges { node { defaultVariant { id availability { inStock } } } } } }`;
const ADD = `mutation Add($input: AddCartLinesInput!, $address: PostalAddressInput!) { addCartLines(input: $input) {
  ... on AddCartLinesSuccess { cartToken cart { shippingOptions(address: $address) { code } } } ${FAILURE} } }`;
const RESERVE = `mutation Reserve($input: ReserveCheckoutInput!) { reserveCheckout(input: $input) {
  ... on ReserveCheckoutSuccess { cart { id } } ${FAILURE} } }`;
const PLACE = `mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) {
  ... on PlaceOrderSuccess { guestToken order { id } } ${FAILURE} } }`;
const PAY = `mutation Pay($input: PayOrderInput!) { payOrder(input: $input) {
  ... on PayOrderSuccess { order { status } } ${FAILURE} } }`;
const STOCKED_WITHIN_MILLIS = 30_000; // half a minute for the news of stock to arrive

/** A guest buys one thing and pays for it. */
export async function placeOrder(guest: Visitor): Promise<PlacedOrder> {
  const lines = [{ variantId: await somethingInStock(guest), quantity: 1 }];
  const { cartToken, cart } = await guest.must(ADD, { input: { lines }, address: ADDRESS });
  const [option] = cart.shippingOptions as Answer[];
  await guest.must(RESERVE, {
    input: {
      cartToken,
      email: 'shopper@example.test',
      shippingAddress: ADDRESS,
      shippingOptionId: option?.['code'],
    },
  });
  const { order, guestToken } = await guest.must(PLACE, {
    input: { cartToken, idempotencyKey: randomUUID() },
  });
  const payment = { paymentMethod: 'pm_card_visa', idempotencyKey: randomUUID() };
  await guest.must(PAY, { input: { orderId: order.id, guestToken, ...payment } });
  return { id: String(order.id), guestToken: String(guestToken) };
}

async function somethingInStock(guest: Visitor): Promise<string> {
  const deadline = Date.now() + STOCKED_WITHIN_MILLIS;
  while (Date.now() < deadline) {
    const { products } = await guest.ask(GOODS);
    const variants = (products.edges as Answer[]).map((edge) => edge['node'].defaultVariant as Answer | null);
    const found = variants.find((variant) => variant?.['availability']?.inStock);
    if (found) return String(found['id']);
    await sleep(200);
  }
  throw new TourFailed('nothing is in stock');
}
