import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import { newId } from '../../packages/ids/src/index.js';
import { apiSchemaOf } from '../../scripts/schema/history.js';
import { BAD_INPUTS, BAD_INPUTS_OF_STAFF } from './shop/bad-inputs.js';
import { plentiful } from './shop/demo-goods.js';
import { generatedOperations } from './shop/generated-operations.js';
import { openShop, OPENING_MILLIS, type Shop } from './shop/open-shop.js';
import { sendFile } from './shop/photo.js';
import { rowCounts } from './shop/row-counts.js';
import { addToCart, placeOrder } from './shop/victim.js';
import { answerOf, everybodyAt, visitorOf, type Answer, type Data, type Visitor } from './shop/visitor.js';

const SUPERGRAPH = resolve(import.meta.dirname, '../../schema/supergraph.graphql');
const FAILURE = '... on UserError { code message path }';

let shop: Shop;
let guest: Visitor;
let shopper: Visitor;
let seller: Visitor;
let staff: Visitor;
let order: Data;
let lineId: string;
let productId: string;

beforeAll(async () => {
  shop = await openShop();
  ({ guest, shopper, seller, staff } = await everybodyAt(shop));
  order = await placeOrder(shop, shopper);
  lineId = (await addToCart(shop, shopper, 1))['lines'][0].id as string;
  productId = [...shop.goods.productIds.values()][0] ?? '';
  await shop.settled();
}, OPENING_MILLIS);
afterAll(() => shop?.[Symbol.asyncDispose]());

describe('bad input through the public door', () => {
  let before: Record<string, number>;
  beforeEach(async () => {
    before = await rowCounts(shop);
  });
  afterEach(async () => {
    await shop.settled();
    expect(await rowCounts(shop)).toEqual(before);
  });

  test.each(BAD_INPUTS)('%s is refused by %s, with the field and the reason', async (_what, name, input) => {
    expect(await told(shopper, name, input({ shop, order, productId, lineId }))).toBe(true);
  });

  test.each(BAD_INPUTS_OF_STAFF)('%s is refused by %s, to staff as well', async (_what, name, input) => {
    expect(await told(staff, name, input({ shop, order, productId, lineId }))).toBe(true);
  });

  test('pages are bounded and cursors are checked', async () => {
    for (const page of [
      'first: 101',
      'first: -1',
      'first: 2147483647',
      'first: 5, after: "forged"',
      'first: 5, after: "eyJrIjpbIjEiXX0"',
      'first: 5, after: "AAAA"',
    ]) {
      const answer = await guest.ask(`{ products(${page}) { edges { node { id } } } }`);
      expect([page, answer.codes]).toEqual([page, ['BAD_USER_INPUT']]);
    }
    const zero = await guest.ask('{ products(first: 0) { edges { node { id } } } }');
    expect(zero.codes.every((code) => code === 'BAD_USER_INPUT')).toBe(true);
  });

  test('ids of another kind lead to nothing', async () => {
    const { data, codes } = await guest.ask(
      `query Wrong($id: ID!) { product(id: $id) { name } variant(id: $id) { sku } review(id: $id) { comment } seller(id: $id) { slug } node(id: $id) { ... on Product { name } } }`,
      { id: order['id'] },
    );
    expect([Object.values(data).map((value) => (value as Data | null)?.['name'] ?? null), codes]).toEqual([
      [null, null, null, null, null],
      [],
    ]);
    expect((await guest.ask('{ node(id: "\\u0000") { id } }')).data).toEqual({ node: null });
  });

  test('tokens that are expired, forged or of another sort are refused', async () => {
    const { config } = shop.domains.accounts.deps;
    const claims = { role: 'admin', scope: 'user:read', sid: newId('session'), seller: null };
    const { privateKey } = generateKeyPairSync('ed25519');
    const signed = (expires: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'unknown' })
        .setSubject(newId('user'))
        .setIssuer(config.tokens.issuer)
        .setAudience(config.tokens.audience)
        .setExpirationTime(expires)
        .sign(privateKey);
    const none = new UnsecuredJWT(claims)
      .setSubject(newId('user'))
      .setIssuer(config.tokens.issuer)
      .setAudience(config.tokens.audience)
      .setExpirationTime('1h')
      .encode();
    const [head, body, signature] = (shopper.token ?? '').split('.') as [string, string, string];
    const grown = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), role: 'admin' }),
    ).toString('base64url');
    const tokens = [
      await signed('1h'),
      await signed('-1h'),
      none,
      `${head}.${grown}.${signature}`,
      `${head}.${body}.`,
      'x',
      '..',
    ];
    for (const token of tokens) {
      const { status, codes } = await visitorOf(shop, { id: null, token }).ask('{ me { id } }');
      expect([token, status, codes]).toEqual([token, 401, ['UNAUTHENTICATED']]);
    }
  });

  test('requests that are no GraphQL are refused', async () => {
    const refusals: [string, Answer, number][] = [
      ['malformed JSON', await guest.post('{"query": "{ me'), 400],
      ['a batch', await guest.post('[{"query":"{ __typename }"},{"query":"{ __typename }"}]'), 400],
      ['no query', await guest.post('{}'), 400],
      ['a query of no text', await guest.post('{"query": 7}'), 400],
      ['variables in a list', await guest.post('{"query":"{ __typename }","variables":[1]}'), 400],
      [
        'another sort of body',
        await guest.post('query=x', { 'content-type': 'application/x-www-form-urlencoded' }),
        415,
      ],
      [
        '150 kB',
        await guest.post(JSON.stringify({ query: `{ __typename } #${'x'.repeat(150 * 1024)}` })),
        413,
      ],
      ['a syntax error', await guest.ask('{ products('), 400],
      ['an unknown field', await guest.ask('{ prodcts { id } }'), 400],
      [
        'an unknown operation',
        await guest.post('{"query":"query A { __typename }","operationName":"B"}'),
        400,
      ],
      [
        'a mutation by GET',
        await get('mutation { login(input: {email: "a@b.test", password: "x"}) { __typename } }'),
        405,
      ],
      ['introspection', await guest.ask('{ __schema { types { name } } }'), 400],
      ['entities', await guest.ask('{ _service { sdl } }'), 400],
      ['ten thousand aliases', await guest.ask(`{ ${times(10_000, (at) => `a${at}:__typename`)} }`), 413],
      ['a thousand aliases', await guest.ask(`{ ${times(1_000, (at) => `a${at}:__typename`)} }`), 400],
      [
        'a deep query',
        await guest.ask(
          `{ product(slug: "x") ${'{ category { parent '.repeat(40)}{ id }${'} }'.repeat(40)} }`,
        ),
        400,
      ],
      [
        'a fragment bomb',
        await guest.ask(
          `{ ...F0 } ${times(60, (at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)} fragment F60 on Query { __typename }`,
        ),
        400,
      ],
    ];
    for (const [what, { status, text, codes }, expected] of refusals) {
      expect([what, status, codes.length > 0 || text]).toEqual([what, expected, true]);
      expect(text).not.toMatch(/did you mean/i);
    }
  });

  async function get(query: string): Promise<Answer> {
    return answerOf(
      await fetch(`${shop.url}/graphql?${new URLSearchParams({ query }).toString()}`, {
        headers: { 'apollo-require-preflight': '1' },
      }),
    );
  }
});

describe('bad files', () => {
  test('that are not what they were announced as become no asset', async () => {
    const bytes = Buffer.from('<script>alert(1)</script> this is no photo at all');
    const { upload } = (await shopper.must(
      `mutation Begin($input: BeginUploadInput!) { beginUpload(input: $input) { ... on BeginUploadSuccess { upload { id method url headers { name value } } } ${FAILURE} } }`,
      { input: { fileName: 'a.jpg', mimeType: 'image/jpeg', bytes: bytes.length, purpose: 'REVIEW' } },
    )) as { upload: Data };
    const assets = (await rowCounts(shop))['media.assets'];
    const sent = await sendFile(shop, upload, bytes);
    expect([400, 415, 422]).toContain(sent.status);
    const completed = await shopper.ask(
      `mutation Complete($input: CompleteUploadInput!) { completeUpload(input: $input) { __typename ${FAILURE} } }`,
      { input: { uploadId: upload['id'] } },
    );
    expect(completed.data['completeUpload'].code).toMatch(/NOT_UPLOADED|UNSUPPORTED_TYPE|INVALID_INPUT/);
    expect((await rowCounts(shop))['media.assets']).toBe(assets);
  });

  test('of products that cannot be read import nothing, and say why', async () => {
    const products = (await rowCounts(shop))['catalog.products'];
    for (const csv of [
      '',
      'no,such\n"columns',
      'Handle,Title,Variant SKU,Variant Price\nx,X,X-1,minus ten\n',
      '\u0000\u0001',
    ]) {
      const { data, codes } = await seller.ask(
        `mutation Import($input: ImportProductsInput!) { importProducts(input: $input) { __typename ... on ImportProductsSuccess { job { id } } ${FAILURE} } }`,
        { input: { csv } },
      );
      const outcome = data['importProducts'] as Data | undefined;
      if (!outcome || outcome['code']) {
        expect([csv, codes.length > 0 || Boolean(outcome?.['message'])]).toEqual([csv, true]);
        continue;
      }
      const job = await finished(outcome['job'].id as string);
      expect([csv, job['errors'] > 0 || job['status'] === 'FAILED']).toEqual([csv, true]);
    }
    expect((await rowCounts(shop))['catalog.products']).toBe(products);
  });

  async function finished(id: string): Promise<Data> {
    const watched = seller.watch(
      'subscription Job($id: ID!) { importProgress(jobId: $id) { status errors failure } }',
      { id },
    );
    const event = await watched.until(({ data }) =>
      ['DONE', 'FAILED'].includes(String((data as Data | undefined)?.['importProgress']?.status)),
    );
    await watched.stop();
    return event['data'].importProgress as Data;
  }
});

test('three hundred generated operations are answered, whatever they ask', async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
  process.stdout.write(`generated operations: FUZZ_SEED=${seed}\n`);
  const schema = apiSchemaOf(await readFile(SUPERGRAPH, 'utf8'));
  const known = [productId, order['id'] as string, shopper.id ?? '', lineId, ...plentiful(shop).slice(0, 5)];
  const visitors = [guest, shopper, seller, staff];
  const refused: string[] = [];
  let index = 0;
  for (const { query, variables } of generatedOperations(schema, { seed, count: 300, known })) {
    const visitor = visitors[index % visitors.length] ?? guest;
    index += 1;
    const startedAt = performance.now();
    try {
      const { codes, errors } = await visitor.ask(query, variables);
      // Some of what may be asked costs more than anybody may spend.
      const isTooDear = errors[0]?.extensions['limit'] === 'cost';
      if (codes.includes('GRAPHQL_VALIDATION_FAILED') && !isTooDear) refused.push(query);
    } catch (error) {
      throw new Error(`seed ${seed}, operation ${index}: ${query} ${JSON.stringify(variables)}`, {
        cause: error,
      });
    }
    expect([seed, index, performance.now() - startedAt < 10_000]).toEqual([seed, index, true]);
  }
  expect(refused).toEqual([]);
}, 120_000);

/** Whether a mutation answers with a failure that has a code, a field and a reason, and not with success. */
async function told(visitor: Visitor, name: string, input: Data): Promise<true | string> {
  const field = name.charAt(0).toLowerCase() + name.slice(1);
  const answer = await visitor.ask(
    `mutation ${name}($input: ${name}Input!) { ${field}(input: $input) { __typename ${FAILURE} } }`,
    { input },
  );
  const outcome = answer.data[field] as Data | undefined;
  const isTyped = Boolean(outcome?.['code'] && outcome['message'] && outcome['path']?.length > 0);
  const isRefused = answer.codes.length > 0 && answer.errors.every(({ message }) => message.length > 0);
  return isTyped || isRefused || answer.text;
}

function times(count: number, part: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => part(at)).join(' ');
}
