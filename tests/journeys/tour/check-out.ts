import { randomUUID } from 'node:crypto';
import { TourFailed, type Answer, type Visitor } from './client.js';
import type { Journal } from './journal.js';

const FAILURE = '... on UserError { code message path }';
const ADDRESS = {
  fullName: 'Robin Tour',
  street: '1 Spoke Street',
  city: 'Kingston',
  state: 'NY',
  zip: '12401',
  country: 'US',
  phone: '+1 845 555 0100',
};

const OPTIONS = `query Options($address: PostalAddressInput!) { cart { shippingOptions(address: $address) { code service price { amount minor } } } }`;
const RESERVE = `mutation Reserve($input: ReserveCheckoutInput!) { reserveCheckout(input: $input) {
  ... on ReserveCheckoutSuccess { cart { reservedUntil totals { total { amount } tax { amount } shipping { amount } } } } ${FAILURE} } }`;
const PLACE = `mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) {
  ... on PlaceOrderSuccess { replayed clientSecret order { id number status totals { total { amount minor } }
    lines { id sku quantity total { amount minor } product { id name } } } } ${FAILURE} } }`;
const PAY = `mutation Pay($input: PayOrderInput!) { payOrder(input: $input) {
  __typename ... on PayOrderSuccess { order { status paymentStatus } nextActionUrl }
  ... on PaymentFailed { code message declineCode retryable } ${FAILURE} } }`;

/** The shopper reserves the goods and places the order, twice with the same key, as after a lost answer. */
export async function checkOut(journal: Journal, shopper: Visitor, email: string): Promise<Answer> {
  await journal.step('reserve the goods', async () => {
    const { cart } = await shopper.ask(OPTIONS, { address: ADDRESS });
    const cheapest = (cart.shippingOptions as Answer[]).sort(
      (a, b) => Number(a['price'].minor) - Number(b['price'].minor),
    )[0];
    const input = { email, shippingAddress: ADDRESS, shippingOptionId: cheapest?.['code'] };
    const { cart: reserved } = (await shopper.must(RESERVE, { input })) as { cart: Answer };
    const { total, shipping, tax } = reserved['totals'];
    return [
      `until ${String(reserved['reservedUntil']).slice(11, 16)}: ${total.amount} with ${shipping.amount} shipping, ${tax.amount} tax`,
      null,
    ] as const;
  });
  return journal.step('place the order', async () => {
    const input = { idempotencyKey: randomUUID() };
    const placed = await shopper.must(PLACE, { input });
    const again = await shopper.must(PLACE, { input });
    if (again['order'].id !== placed['order'].id || !again['replayed'])
      throw new TourFailed('a repeated order was a second order');
    return [
      `${placed['order'].number}, ${placed['order'].totals.total.amount}, ${placed['order'].status}`,
      placed['order'] as Answer,
    ] as const;
  });
}

/** The first card is declined, the second one is good. */
export async function payOrder(journal: Journal, shopper: Visitor, orderId: string): Promise<void> {
  await journal.step('pay with a card that is declined', async () => {
    const { payOrder: outcome } = await shopper.ask(PAY, {
      input: { orderId, paymentMethod: 'pm_card_chargeDeclined', idempotencyKey: randomUUID() },
    });
    if (outcome.__typename !== 'PaymentFailed' || !outcome.retryable)
      throw new TourFailed(`a declined card gave ${JSON.stringify(outcome)}`);
    return [`declined: ${outcome.declineCode}`, null] as const;
  });
  await journal.step('pay with a good card', async () => {
    const paid = await shopper.must(PAY, {
      input: { orderId, paymentMethod: 'pm_card_visa', idempotencyKey: randomUUID() },
    });
    return [`${paid['order'].status}, payment ${paid['order'].paymentStatus}`, null] as const;
  });
}
