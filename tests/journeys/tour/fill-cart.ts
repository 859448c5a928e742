import { signIn, TourFailed, type Answer, type Visitor } from './client.js';
import type { Choice } from './find-goods.js';
import type { Journal } from './journal.js';

const CART = `cart { id version lines { id productName quantity unitPrice { amount } variant { id product { name } } }
  totals { subtotal { amount minor } discount { amount minor } total { amount } } }`;
const FAILURE = '... on UserError { code message path }';

const ADD = `mutation Add($input: AddCartLinesInput!) { addCartLines(input: $input) {
  ... on AddCartLinesSuccess { cartToken ${CART} } ${FAILURE} } }`;
const MERGE = `mutation Merge($input: MergeCartInput!) { mergeCart(input: $input) {
  ... on MergeCartSuccess { ${CART} } ${FAILURE} } }`;
const COUPON = `mutation Coupon($input: ApplyCouponInput!) { applyCoupon(input: $input) {
  ... on ApplyCouponSuccess { ${CART} } ${FAILURE} } }`;

/** A guest fills a cart, signs in with it under their arm, and shows a coupon. */
export async function fillCart(
  journal: Journal,
  shopper: Visitor,
  { choices, email, password }: { choices: readonly Choice[]; email: string; password: string },
): Promise<Answer> {
  const cartToken = await journal.step('fill a cart as a guest', async () => {
    const lines = choices.map(({ variantId, customizationValueIds }, index) => ({
      variantId,
      quantity: index + 1,
      customizationValueIds,
    }));
    const added = await shopper.must(ADD, { input: { lines } });
    return [
      `${added['cart'].lines.length} lines, ${added['cart'].totals.subtotal.amount}`,
      String(added['cartToken']),
    ] as const;
  });
  await journal.step('sign in and keep the cart', async () => {
    const user = await signIn(shopper, email, password);
    const merged = await shopper.must(MERGE, { input: { cartToken } });
    if (merged['cart'].lines.length !== choices.length)
      throw new TourFailed(`the cart came over as ${JSON.stringify(merged)}`);
    return [`${user['displayName']} has ${merged['cart'].lines.length} lines`, null] as const;
  });
  return journal.step('apply the coupon WELCOME10', async () => {
    const { cart } = (await shopper.must(COUPON, { input: { code: 'WELCOME10' } })) as { cart: Answer };
    if (BigInt(cart['totals'].discount.minor) === 0n) throw new TourFailed('the coupon took nothing off');
    return [`${cart['totals'].discount.amount} off ${cart['totals'].subtotal.amount}`, cart] as const;
  });
}
