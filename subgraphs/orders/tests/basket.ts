import { expect } from 'vitest';
import { newId } from '@storegraph/ids';
import type { Viewer } from '@storegraph/identity';
import { guest, staff } from '@storegraph/testkit';
import type { Shop } from './shop.js';

export const CART = `cart { id version currency owner { id }
  lines { id quantity productName unitPrice { amount } unitPriceWhenAdded { amount } subtotal { amount }
    discount { amount } tax { amount } total { amount } customizations { valueId priceAdjustment { amount } } variant { id } }
  coupons { code discount { amount } problem }
  totals { subtotal { amount } discount { amount } shipping { amount } tax { amount } total { amount }
    taxMode taxLines { name rate amount { amount } } roundingMode }
  warnings { code lineId available } }`;
const ERRORS = `... on UserError { __typename code path }`;
const CONFLICT = '... on Conflict { currentVersion }';
/** A cart mutation that answers the whole cart, or what went wrong. */
export const mutation = (name: string, more = '') => {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  return `mutation ($input: ${type}Input!) { ${name}(input: $input) {
    ... on ${type}Success { ${CART} ${more} } ${ERRORS} ${name === 'mergeCart' ? '' : CONFLICT} } }`;
};
const READ = `query ($cartToken: String) { ${CART.replace('cart {', 'cart(cartToken: $cartToken) {')} }`;

type Answer = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers are looked into freely by tests

/** What a shopper does with a cart, in words. */
export function basketsOf(shop: Shop) {
  const change = async (
    name: string,
    input: object,
    { viewer = guest, more = '' }: { viewer?: Viewer; more?: string } = {},
  ): Promise<Answer> => {
    const { data, errors } = await shop.orders.ask(mutation(name, more), { input }, viewer);
    expect(errors).toBeUndefined();
    return data[name];
  };
  return {
    change,
    add: (lines: object[], given: { cartToken?: string; viewer?: Viewer } = {}): Promise<Answer> =>
      change(
        'addCartLines',
        { lines, cartToken: given.cartToken },
        { viewer: given.viewer ?? guest, more: 'cartToken' },
      ),
    read: async (cartToken: string | null, viewer: Viewer = guest): Promise<Answer> =>
      (await shop.orders.ask(READ, { cartToken }, viewer)).data['cart'],
    coupon: async (given: object): Promise<{ code: string }> => {
      const code = `C${newId('coupon').slice(-10)}`.toUpperCase();
      const { errors } = await shop.orders.ask(
        `mutation ($input: SaveCouponInput!) { saveCoupon(input: $input) { __typename } }`,
        { input: { code, kind: 'PERCENT', ...given } },
        staff(),
      );
      expect(errors).toBeUndefined();
      return { code };
    },
  };
}
