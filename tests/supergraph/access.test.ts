import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { GraphQLField, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCOPES_BY_ROLE } from '../../packages/identity/src/index.js';
import { newId } from '../../packages/ids/src/index.js';
import { apiSchemaOf } from '../../scripts/schema/history.js';
import { readSubgraphs } from '../../scripts/schema/subgraph-sources.js';
import { rootFieldsSayWhoMayAsk } from '../../scripts/schema-rules/root-fields.js';
import { viewSubgraph } from '../../scripts/schema-rules/subgraph-view.js';
import { modest, operationFor } from './shop/arguments.js';
import { openShop, OPENING_MILLIS, type Shop } from './shop/open-shop.js';
import { protectedRootFields, type RootField } from './shop/root-fields.js';
import { idOfVictims, victimsOf, type Victims } from './shop/victim.js';
import { guestOf, signIn, type Data, type Visitor } from './shop/visitor.js';

const SUPERGRAPH = resolve(import.meta.dirname, '../../schema/supergraph.graphql');
const DENIALS = ['FORBIDDEN', 'NOT_FOUND', 'UNAUTHENTICATED'];

let shop: Shop;
let schema: GraphQLSchema;
let victims: Victims;
const visitors = {} as Record<'guest' | 'other shopper' | 'other seller' | 'staff', Visitor>;
const strangers = () => Object.entries<Visitor>(visitors).filter(([who]) => who !== 'staff');

beforeAll(async () => {
  schema = apiSchemaOf(await readFile(SUPERGRAPH, 'utf8'));
  shop = await openShop();
  const other = shop.demo.people.filter(({ role }) => role === 'customer')[1]?.email ?? '';
  visitors['guest'] = guestOf(shop);
  [visitors['other shopper'], visitors['other seller'], visitors['staff'], victims] = await Promise.all([
    signIn(shop, other),
    signIn(shop, 'seller2@storegraph.test'),
    signIn(shop, 'staff@storegraph.test'),
    victimsOf(shop),
  ]);
}, OPENING_MILLIS);
afterAll(() => shop?.[Symbol.asyncDispose]());

describe('root fields', () => {
  test('each say who may ask them', () => {
    const subgraphs = readSubgraphs().map(viewSubgraph);
    expect(rootFieldsSayWhoMayAsk(subgraphs)).toEqual([]);
    expect(protectedRootFields().length).toBeGreaterThan(40);
  });

  test('refuse whoever may not ask them, for things that are there', async () => {
    const surprises: string[] = [];
    for (const field of protectedRootFields())
      for (const [who, visitor] of Object.entries(visitors)) {
        if (mayAsk(who, field)) continue;
        const answer = await call(
          visitor,
          field,
          modest((kind) => idOfVictims(victims, kind)),
        );
        const expected = who === 'guest' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        const isDenied = answer.codes.join() === expected || (who !== 'guest' && HIDDEN.has(field.name));
        const isRefused = isDenied && !hasData(answer.data);
        if (!isRefused) surprises.push(`${who} ${field.name}: ${JSON.stringify(answer)}`);
      }
    expect(surprises).toEqual([]);
  });

  test('answer whoever may ask them, whatever does not exist', async () => {
    const surprises: string[] = [];
    for (const field of protectedRootFields())
      for (const [who, visitor] of Object.entries(visitors)) {
        // Signing out would end the session the next fields are asked in.
        if (!mayAsk(who, field) || field.kind === 'subscription' || field.name === 'logout') continue;
        const { codes } = await call(visitor, field, modest(newId));
        const unexpected = codes.filter(
          (code) => !['NOT_FOUND', 'BAD_USER_INPUT', 'FORBIDDEN'].includes(code),
        );
        if (unexpected.length > 0) surprises.push(`${who} ${field.name}: ${unexpected.join()}`);
      }
    expect(surprises).toEqual([]);
  });
});

describe('what belongs to somebody', () => {
  const PERSON = `id firstName lastName email emailVerified phone role status updatedAt preferences { newsletter }
    addresses { street phone } sessions { ip } cart { id email } orders(first: 5) { edges { node { number email } } }`;

  test('is found by nobody else, along any path', async () => {
    const [user, order, cart] = [victims.shopper.id, victims.order['id'], victims.cartId];
    const paths: Record<string, string> = {
      node: `{ node(id: "${user}") { ... on User { ${PERSON} } } }`,
      nodes: `{ nodes(ids: ["${user}", "${order}", "${cart}"]) { ... on User { ${PERSON} } ... on Order { number email } ... on Cart { email lines { sku } } } }`,
      aliases: `{ x: node(id: "${user}") { ... on User { name: lastName a: email b: email c: phone d: addresses { e: street } } } }`,
      fragments: `query Q { node(id: "${user}") { ...A } } fragment A on Node { ... on User { ...B } } fragment B on User { ${PERSON} }`,
      directives: `query Q($yes: Boolean = true) { node(id: "${user}") { ... on User { email @include(if: $yes) phone @skip(if: false) } } }`,
      user: `{ user(id: "${user}") { ${PERSON} } }`,
      author: `{ review(id: "${victims.publishedReviewId}") { author { ${PERSON} } } }`,
      reviews: `{ product(id: "${victims.productId}") { reviews(first: 20) { edges { node { author { ${PERSON} } } } } } }`,
      'seller of it': `{ product(id: "${victims.productId}") { seller { taxId statusReason commissionRate owner { ${PERSON} } } } }`,
      order: `{ order(id: "${order}") { number email notes customer { ${PERSON} } shippingAddress { street } payments { transactionId } } }`,
      'order by number': `{ order(number: "${victims.order['number']}") { email shippingAddress { street } timeline { by { ${PERSON} } } } }`,
      'order node': `{ node(id: "${order}") { ... on Order { id number email customer { ${PERSON} } shippingAddress { street } } } }`,
      'cart node': `{ node(id: "${cart}") { ... on Cart { id email lines { sku } owner { ${PERSON} } } } }`,
      'own cart': `{ cart { owner { ${PERSON} } } }`,
      'avatar owner': `{ asset(id: "${victims.assetId}") { url owner { ${PERSON} } } }`,
      entities: `{ _entities(representations: [{ __typename: "User", id: "${user}" }]) { ... on User { email } } }`,
      people: `{ users(search: "shopper") { edges { node { ${PERSON} } } } }`,
      'all orders': '{ orders { edges { node { number email } } } }',
    };
    for (const [path, query] of Object.entries(paths))
      for (const [who, visitor] of strangers()) {
        const { text, codes } = await visitor.ask(query);
        const told = victims.secrets.filter((secret) => text.includes(secret));
        // The address by which an order was asked for is not news.
        const news = told.filter((secret) => !query.includes(secret));
        expect([path, who, news]).toEqual([path, who, []]);
        const harmless = codes.every((code) => [...DENIALS, 'GRAPHQL_VALIDATION_FAILED'].includes(code));
        expect([path, who, harmless || text]).toEqual([path, who, true]);
      }
  });

  test('is there for its owner and for staff', async () => {
    const query = `{ node(id: "${victims.shopper.id}") { ... on User { email addresses { street } } }
      order(id: "${victims.order['id']}") { number } }`;
    for (const visitor of [victims.shopper, visitors['staff']]) {
      const { data, codes } = await visitor.ask(query);
      expect([data['node'].email, data['order'].number, codes]).toEqual([
        'shopper@storegraph.test',
        victims.order['number'],
        [],
      ]);
    }
  });

  test('cannot be told from what does not exist, by its id', async () => {
    const leaks: string[] = [];
    for (const type of nodeTypes()) {
      const id = privateId(type.name);
      if (!id) continue;
      for (const [who, visitor] of strangers()) {
        const answer = await visitor.ask(
          `query Node($id: ID!) { node(id: $id) { ... on ${type.name} { ${ownFieldsOf(type).join(' ')} } } }`,
          { id },
        );
        const isDenied = answer.codes.length > 0 && answer.codes.every((code) => DENIALS.includes(code));
        if (hasData(answer.data) || !isDenied) leaks.push(`${who} ${type.name}: ${answer.text}`);
      }
    }
    expect(leaks).toEqual([]);
  });

  test('is not reached past its owner, by what other domains know of it', async () => {
    const { draft } = victims;
    const paths = [
      `{ product(id: "${draft.id}") { name } variant(id: "${draft.variantId}") { sku } }`,
      `{ node(id: "${draft.id}") { ... on Product { media { id } thumbnail { id } rating { count } reviews { totalCount } } } }`,
      `{ node(id: "${draft.variantId}") { ... on ProductVariant { sku price { amount } product { name } availability { sellable } image { id } } } }`,
      `{ node(id: "${victims.assetId}") { ... on Asset { url thumbnailUrl } } asset(id: "${victims.assetId}") { url } }`,
      `{ review(id: "${victims.reviewId}") { comment } node(id: "${victims.reviewId}") { ... on Review { media { url } } } }`,
    ];
    const told: string[] = [];
    for (const query of paths)
      for (const [who, visitor] of strangers()) {
        const { data, text } = await visitor.ask(query);
        const values = JSON.stringify(data).match(/"(name|sku|amount|url|thumbnailUrl|comment)":"[^"]*"/g);
        if (values) told.push(`${who} ${query}: ${text}`);
      }
    expect(told).toEqual([]);
  });
});

function nodeTypes(): GraphQLObjectType[] {
  const node = schema.getType('Node');
  return [...schema.getPossibleTypes(node as never)];
}

/** Fields without required arguments that are scalars. */
function ownFieldsOf(type: GraphQLObjectType): string[] {
  return Object.values(type.getFields())
    .filter(
      (field: GraphQLField<unknown, unknown>) =>
        field.args.length === 0 && /^\w+!?$/.test(String(field.type)),
    )
    .filter(({ type: of }) => !('getFields' in (schema.getType(String(of).replace('!', '')) ?? {})))
    .map(({ name }) => name);
}

/** The id of something of the type that is not everybody's; none where all of them are. */
function privateId(type: string): string | null {
  const ids: Record<string, string> = {
    Order: String(victims.order['id']),
    Cart: victims.cartId,
    ImportJob: victims.importJobId,
    Review: victims.reviewId,
    Asset: victims.assetId,
    Product: victims.draft.id,
    ProductVariant: victims.draft.variantId,
    Warehouse: newId('warehouse'),
    Coupon: newId('coupon'),
  };
  return ids[type] ?? null;
}

const ROLES = { 'other shopper': 'customer', 'other seller': 'seller', staff: 'staff' } as const;
/** What is another seller's is as if it were not there. */
const HIDDEN = new Set(['importJob', 'importProgress']);
/** What a seller may do without naming anything that is another's. */
const OWN_OF_SELLERS = new Set(['beginProductsImport', 'importProducts']);

function mayAsk(who: string, { rule, name }: RootField): boolean {
  if (who === 'guest') return false;
  if (rule.authenticated) return true;
  const role = ROLES[who as keyof typeof ROLES];
  if (rule.scopes)
    return rule.scopes.some((all) => all.every((scope) => SCOPES_BY_ROLE[role].includes(scope)));
  if (rule.policies?.flat().includes('staff') && role === 'staff') return true;
  return role === 'seller' && OWN_OF_SELLERS.has(name);
}

async function call(visitor: Visitor, field: RootField, choices: ReturnType<typeof modest>) {
  const root = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  };
  const definition = root[field.kind]?.getFields()[field.name];
  if (!definition) throw new Error(`${field.name} is not in the graph`);
  const { query, variables } = operationFor(field.kind, definition, choices);
  if (field.kind !== 'subscription') {
    const { data, codes } = await visitor.ask(query, variables);
    return { data, codes: [...codes] };
  }
  const watched = visitor.watch(query, variables);
  const first = await watched.until(() => true);
  await watched.stop();
  const errors = (first['failure'] ?? first['errors'] ?? []) as Data[];
  return {
    data: (first['data'] ?? {}) as Data,
    codes: errors.map(({ extensions }) => String(extensions?.code)),
  };
}

function hasData(data: Data): boolean {
  return Object.values(data).some((value) => value !== null);
}
