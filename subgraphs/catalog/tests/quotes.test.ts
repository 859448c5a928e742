import { jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { formatDecimal } from '@storegraph/money';
import { service, shopper, staff } from '@storegraph/testkit';
import { openShop, QUOTE_KEY, unique, type Shop } from './shop.js';

const QUOTES = `query ($lines: [PriceQuoteLineInput!]!) { priceQuotes(lines: $lines) { variantId productId sellerId sku
  productName variantName unitPrice { amount currencyCode minor exponent } problem weightGrams requiresShipping taxable
  customizations { valueId name value priceAdjustment { amount } } expiresAt token } }`;

describe('price quotes', () => {
  let shop: Shop;
  const now = new Date('2026-03-01T10:00:00.000Z');
  beforeAll(async () => {
    shop = await openShop({ now: () => now });
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  const quotes = async (lines: object[]) => {
    const { data, errors } = await shop.ask(QUOTES, { lines }, service('orders'));
    expect(errors).toBeUndefined();
    return data['priceQuotes'];
  };
  const wrapped = (more: object = {}) =>
    shop.product({
      variants: [{ sku: unique('SKU'), price: '299.99', weightGrams: 1_200 }],
      customizations: [
        {
          name: 'Gift wrap',
          values: [{ value: 'Linen', priceAdjustment: '10.00' }, { value: 'Paper' }],
          ...more,
        },
      ],
    });

  it('adds what was chosen: two of 299.99 with 10.00 each are 619.98', async () => {
    const product = await wrapped();
    const { id: variantId, sku } = product.variants.edges[0].node;
    const { id: valueId } = product.customizations[0].values[0];
    const [quote] = await quotes([{ variantId, quantity: 2, customizationValueIds: [valueId] }]);
    expect(quote).toMatchObject({
      variantId,
      sku,
      productId: product.id,
      unitPrice: { amount: '309.99', currencyCode: 'USD', minor: '30999', exponent: 2 },
      customizations: [{ valueId, name: 'Gift wrap', value: 'Linen', priceAdjustment: { amount: '10.00' } }],
      weightGrams: 1_200,
      requiresShipping: true,
      taxable: true,
      problem: null,
      expiresAt: '2026-03-01T10:15:00.000Z',
    });
    expect(formatDecimal(BigInt(quote.unitPrice.minor) * 2n, 'USD')).toBe('619.98');
  });

  it('signs the whole quote for a quarter of an hour', async () => {
    const { variants } = await wrapped();
    const { id: variantId } = variants.edges[0].node;
    const [{ token, ...shown }] = await quotes([{ variantId, quantity: 3 }]);
    const key = new TextEncoder().encode(QUOTE_KEY);
    const options = { typ: 'storegraph-quote+jwt', algorithms: ['HS256'], currentDate: now };
    const { payload } = await jwtVerify(token, key, options);
    expect(payload).toEqual({ ...shown, quantity: 3, iat: 1_772_359_200, exp: 1_772_360_100 });
    const later = { ...options, currentDate: new Date(now.getTime() + 901_000) };
    await expect(jwtVerify(token, key, later)).rejects.toThrow('exp');
    await expect(jwtVerify(token, new TextEncoder().encode(`${QUOTE_KEY}!`), options)).rejects.toThrow(
      'signature',
    );
  });

  it('answers in the order of the lines, with nothing for what may not be sold', async () => {
    const [product, draft] = [await wrapped(), await shop.product({ status: 'DRAFT' })];
    const { id: variantId } = product.variants.edges[0].node;
    const lines = [newId('variant'), variantId, draft.variants.edges[0].node.id, variantId];
    const found = await quotes(lines.map((id) => ({ variantId: id, quantity: 1 })));
    expect(found.map((quote: { variantId: string } | null) => quote?.variantId)).toEqual([
      undefined,
      variantId,
      undefined,
      variantId,
    ]);
  });

  it('says why something cannot be bought as it was chosen', async () => {
    const product = await wrapped({ required: true });
    const { id: variantId } = product.variants.edges[0].node;
    const [linen, paper] = product.customizations[0].values.map(({ id }: { id: string }) => id);
    const lines = [[], [newId('optionValue')], [linen, paper], [paper]];
    const found = await quotes(
      lines.map((customizationValueIds) => ({ variantId, quantity: 1, customizationValueIds })),
    );
    expect(found.map(({ problem }: { problem: string | null }) => problem)).toEqual([
      '"Gift wrap" has to be chosen.',
      'Something that was chosen is not offered.',
      '"Gift wrap" is chosen more than once.',
      null,
    ]);
  });

  it('quotes what a quantity costs apiece', async () => {
    const product = await shop.product();
    const { id, sku } = product.variants.edges[0].node;
    const SAVE = `mutation ($input: SaveVariantInput!) { saveVariant(input: $input) { __typename } }`;
    const prices = [
      { currency: 'USD', minQuantity: 5, price: '9.00' },
      { currency: 'USD', minQuantity: 50, price: '7.50' },
    ];
    await shop.ask(SAVE, { input: { id, sku, price: '10.00', prices } }, staff());
    const found = await quotes([1, 5, 49, 50].map((quantity) => ({ variantId: id, quantity })));
    expect(found.map((quote: { unitPrice: { amount: string } }) => quote.unitPrice.amount)).toEqual([
      '10.00',
      '9.00',
      '9.00',
      '7.50',
    ]);
  });

  it('asks four statements for any number of lines, and refuses everyone but services', async () => {
    const products = await Promise.all(Array.from({ length: 12 }, () => wrapped()));
    const lines = products.map(({ variants }) => ({ variantId: variants.edges[0].node.id, quantity: 1 }));
    shop.statements.length = 0;
    expect(await quotes(lines)).toHaveLength(12);
    expect(shop.statements).toHaveLength(4);
    expect((await shop.ask(QUOTES, { lines }, shopper())).code).toBe('FORBIDDEN');
    expect((await shop.ask(QUOTES, { lines }, staff())).code).toBe('FORBIDDEN');
    expect((await shop.ask(QUOTES, { lines })).code).toBe('UNAUTHENTICATED');
  });
});
