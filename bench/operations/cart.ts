import type pg from 'pg';
import { ask, compact, requestBody, requireSuccess, variablesOf, type Outcome } from './graphql.js';
import type { Input, OpenShop, Operation } from './operation.js';
import { sellableVariants } from './sellable-variants.js';

const CARTS = 100;
/** A line holds at most 999. */
const ADDITIONS_PER_CART = 900;

const MUTATION = compact(`
  mutation AddToCart($input: AddCartLinesInput!) {
    addCartLines(input: $input) {
      __typename
      ... on AddCartLinesSuccess {
        cartToken
        cart {
          id
          lines {
            id sku productName variantName
            unitPrice { amount currencyCode } quantity subtotal { amount currencyCode }
          }
          totals { subtotal { amount currencyCode } total { amount currencyCode } }
        }
      }
      ... on UserError { code message path }
    }
  }`);

type Variables = {
  input: { cartToken: string | null; lines: { variantId: string; quantity: number }[] };
};
type Line = { unitPrice: { amount: string }; quantity: number; subtotal: { amount: string } };
type Answer = { addCartLines: Outcome<{ cartToken: string | null; cart: { lines: Line[] } }> };

/** One more of something that is in a guest's cart already; carts take turns. */
export const cart: Operation = {
  name: 'cart',
  title: 'add to cart',
  targetCpuMillis: null,
  share: 1,
  changing: /"quantity":\d+|"amount":"[\d.]+"/g,

  async prepare(shop, turns) {
    const variants = await sellableVariants(shop);
    const inputs: Input[] = [];
    for (let count = 0; count < Math.max(CARTS, turns / ADDITIONS_PER_CART); count += 1)
      inputs.push(await openCart(shop, variants[count % variants.length] ?? ''));
    return inputs;
  },

  async perform(shop, { request }) {
    const { data } = await ask<Answer>(shop, request);
    requireSuccess(data.addCartLines);
  },

  floor: {
    fill: fillFloor,
    statement: `
      WITH line AS (
        INSERT INTO cart_lines AS l (cart, variant, quantity) VALUES ($1, $2, $3)
        ON CONFLICT (cart, variant) DO UPDATE SET quantity = l.quantity + excluded.quantity
        RETURNING l.cart, l.quantity
      )
      SELECT replace(replace(a.template, '{quantity}', line.quantity::text), '{sum}',
        (line.quantity * a.unit_price)::text) AS body
      FROM line JOIN cart_answers a ON a.cart = line.cart`,
    parameters(request) {
      const { cartToken, lines } = variablesOf<Variables>(request).input;
      return [cartToken, lines[0]?.variantId, lines[0]?.quantity];
    },
  },
};

async function openCart(shop: OpenShop, variantId: string): Promise<Input> {
  const add = (cartToken: string | null) =>
    requestBody(MUTATION, { input: { cartToken, lines: [{ variantId, quantity: 1 }] } });
  const opened = await ask<Answer>(shop, add(null));
  const request = add(requireSuccess(opened.data.addCartLines).cartToken);
  const { text } = await ask<Answer>(shop, request);
  return { request, answer: text };
}

/** Every cart holds as much as the shop's does, so that one more makes the very same answer. */
async function fillFloor(database: pg.Client, inputs: readonly Input[]): Promise<void> {
  await database.query(`
    CREATE TABLE cart_lines (
      cart text NOT NULL, variant text NOT NULL, quantity int NOT NULL, PRIMARY KEY (cart, variant));
    CREATE TABLE cart_answers (cart text PRIMARY KEY, unit_price numeric(12, 2) NOT NULL, template text NOT NULL)`);
  for (const { request, answer } of inputs) {
    const { cartToken, lines } = variablesOf<Variables>(JSON.parse(request)).input;
    const [line] = (JSON.parse(answer) as { data: Answer }).data.addCartLines.cart.lines;
    if (!line) throw new TypeError('the cart is empty');
    const template = answer
      .replaceAll(`"amount":"${line.subtotal.amount}"`, '"amount":"{sum}"')
      .replaceAll(`"quantity":${line.quantity}`, '"quantity":{quantity}');
    await database.query('INSERT INTO cart_lines VALUES ($1, $2, $3)', [
      cartToken,
      lines[0]?.variantId,
      line.quantity - 1,
    ]);
    await database.query('INSERT INTO cart_answers VALUES ($1, $2, $3)', [
      cartToken,
      line.unitPrice.amount,
      template,
    ]);
  }
}
