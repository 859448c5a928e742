import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, OPENING_MILLIS, type Shop } from './shop/open-shop.js';
import { guestOf, nodesOf, signIn, type Data, type Visitor } from './shop/visitor.js';

const LIST = `query List { products(first: 20, sort: NAME) { edges { node {
  id name priceRange { min { amount } } rating { count }
  defaultVariant { id sku optionValues { name value } price { amount } availability { sellable } } } } } }`;

const SAVE = `mutation Save($input: SaveVariantInput!) { saveVariant(input: $input) {
  ... on SaveVariantSuccess { variant { id } } ... on UserError { code message path } } }`;

let shop: Shop;
let staff: Visitor;
let guest: Visitor;

beforeAll(async () => {
  shop = await openShop();
  staff = await signIn(shop, 'staff@storegraph.test');
  guest = guestOf(shop);
}, OPENING_MILLIS);
afterAll(async () => shop[Symbol.asyncDispose]());

const goods = async (): Promise<Data[]> => nodesOf((await guest.ask(LIST)).data['products'] as Data);

test('a list is answered again without asking the domains it is from', async () => {
  const first = await guest.ask(LIST);
  expect(first.codes).toEqual([]);
  shop.forgetStatements();
  expect((await guest.ask(LIST)).text).toBe(first.text);
  // Orders has jobs that read at their own pace.
  const asked = (['catalog', 'media', 'reviews'] as const).flatMap((domain) => shop.statements.get(domain));
  expect(asked).toEqual([]);
});

test('a price that staff change is what the next reader sees after its event, in lists and alone', async () => {
  const [product] = await goods();
  const { id, sku, optionValues } = product?.['defaultVariant'] as Data;
  const one = {
    query: 'query One($id: ID!) { variant(id: $id) { id price { amount } } }',
    variables: { id },
  };
  await guest.ask(one.query, one.variables);
  await staff.must(SAVE, { input: { id, sku, optionValues, price: '1234.56' } });
  await shop.settled();
  const seen = await guest.ask(one.query, one.variables);
  expect(seen.data['variant'].price.amount).toBe('1234.56');
  const again = (await goods()).find((each) => each['id'] === product?.['id']);
  expect(again?.['defaultVariant'].price.amount).toBe('1234.56');
  expect(Number(again?.['priceRange'].min.amount)).toBeLessThanOrEqual(1234.56);
});

test('entities are kept where an answer cannot be, and a price is new for the next reader after its event', async () => {
  const [product] = await goods();
  const { id, sku, optionValues } = product?.['defaultVariant'] as Data;
  // What a node is, only its domain knows: no answer about one is kept.
  const query = 'query Any($id: ID!) { node(id: $id) { ... on ProductVariant { sku price { amount } } } }';
  const first = await guest.ask(query, { id });
  expect(first.data['node'].sku).toBe(sku);
  shop.forgetStatements();
  expect((await guest.ask(query, { id })).text).toBe(first.text);
  expect(shop.statements.get('catalog')).toEqual([]);
  await staff.must(SAVE, { input: { id, sku, optionValues, price: '4321.09' } });
  await shop.settled();
  expect((await guest.ask(query, { id })).data['node'].price.amount).toBe('4321.09');
});

test('how long purges take is measured', async () => {
  const metrics = await (await fetch(`${shop.url}/metrics`)).text();
  const count = /answer_cache_purge_lag_seconds_count\{domain="catalog"\} (\d+)/.exec(metrics)?.[1];
  expect(Number(count)).toBeGreaterThan(0);
});
