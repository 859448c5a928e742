import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShop, OPENING_MILLIS, type Domain, type Shop } from './shop/open-shop.js';
import { sendFile } from './shop/photo.js';
import { addToCart, placeOrder } from './shop/victim.js';
import { guestOf, nodesOf, signIn, type Data, type Visitor, type Watched } from './shop/visitor.js';

const FAILURE = '... on UserError { code message path }';
/** A closed database is found again within this. */
const RECOVERY_MILLIS = 10_000; // ten seconds

let shop: Shop;
let guest: Visitor;
let shopper: Visitor;
let other: Visitor;
let staff: Visitor;

beforeAll(async () => {
  shop = await openShop();
  guest = guestOf(shop);
  const stranger = shop.demo.people.filter(({ role }) => role === 'customer')[1]?.email ?? '';
  [shopper, other, staff] = await Promise.all([
    signIn(shop, 'shopper@storegraph.test'),
    signIn(shop, stranger),
    signIn(shop, 'staff@storegraph.test'),
  ]);
}, OPENING_MILLIS);
afterAll(() => shop?.[Symbol.asyncDispose]());

describe('subscriptions', () => {
  const STATUS = `subscription Status($orderId: ID!, $after: Int) { orderStatusChanged(orderId: $orderId, afterSequence: $after) {
    event { sequence status }
    order { number customer { displayName } lines { sku variant { price { amount } availability { sellable } }
      product { name brand { name } thumbnail { url } rating { average count } reviews(first: 1) { edges { node { author { displayName } } } } } } } } }`;
  const eventOf = (event: Data) => event['data']?.orderStatusChanged?.event as Data | undefined;
  const reached = (status: string) => (event: Data) => eventOf(event)?.['status'] === status;

  test('bring the whole order, completed by every domain, and miss nothing across a lost connection', async () => {
    const order = await placeOrder(shop, shopper);
    const first = shopper.watch(STATUS, { orderId: order['id'], after: 0 });
    const waiting = await first.until(reached('AWAITING_PAYMENT'));
    await pay(order);
    const paid = await first.until(reached('PAID'));
    const [line] = paid['data'].orderStatusChanged.order.lines as [Data];
    const demo = shop.demo.products.find(({ variants }) => variants.some(({ sku }) => sku === line['sku']));
    const { reviews, rating, thumbnail, ...product } = line['product'] as Data;
    expect([paid['errors'], product]).toEqual([
      undefined,
      {
        name: demo?.name,
        brand: { name: shop.demo.brands.find(({ slug }) => slug === demo?.brandSlug)?.name },
      },
    ]);
    expect([
      thumbnail.url,
      rating.count > 0 ? nodesOf(reviews)[0]?.['author'].displayName : 'nobody',
    ]).toEqual([expect.stringContaining('/media/asst_'), expect.any(String)]);
    expect(paid['data'].orderStatusChanged.order).toMatchObject({
      number: order['number'],
      customer: { displayName: expect.stringMatching(/ .\.$/) },
    });
    expect(line['variant'].availability.sellable).toBeGreaterThan(0);
    const seen = eventOf(first.events.at(-1) ?? {})?.['sequence'] as number;
    await first.stop();

    await staff.must(
      `mutation Ship($input: ShipOrderInput!) { shipOrder(input: $input) { ... on ShipOrderSuccess { order { id } } ${FAILURE} } }`,
      { input: { orderId: order['id'], carrier: 'Parcel' } },
    );
    const second = shopper.watch(STATUS, { orderId: order['id'], after: seen });
    await second.until(reached('SHIPPED'));
    const sequences = [...first.events, ...second.events].map(
      (event) => eventOf(event)?.['sequence'] as number,
    );
    expect(sequences).toEqual(
      sequences.map((_, index) => (eventOf(waiting)?.['sequence'] as number) + index),
    );
    await second.stop();
  });

  test('of an order are refused to everybody else', async () => {
    const order = await placeOrder(shop, shopper);
    for (const [visitor, code] of [
      [guest, 'UNAUTHENTICATED'],
      [other, 'FORBIDDEN'],
    ] as const) {
      const watched = visitor.watch(STATUS, { orderId: order['id'], after: 0 });
      const answer = await watched.until(() => true);
      expect(JSON.stringify(answer)).toContain(code);
      expect(JSON.stringify(answer)).not.toContain(String(order['number']));
      await watched.stop();
    }
  });

  test('of a cart bring its changes to its holder alone', async () => {
    await addToCart(shop, shopper, 3);
    await addToCart(shop, other, 4);
    const query =
      'subscription Cart { cartUpdated { id version lines { sku variant { product { name } } } } }';
    const [mine, theirs] = [shopper.watch(query, {}), other.watch(query, {})];
    // Nothing says when a subscription has begun, so both carts change until both have been heard of.
    await within(RECOVERY_MILLIS, async () => {
      await Promise.all([addToCart(shop, shopper, 5), addToCart(shop, other, 5)]);
      return mine.events.length > 0 && theirs.events.length > 0;
    });
    const cart = await addToCart(shop, shopper, 6);
    const event = await mine.until((one) => one['data']?.cartUpdated?.version >= cart['version']);
    expect(event['data'].cartUpdated.lines).toHaveLength(cart['lines'].length as number);
    const cartIdsIn = (watched: Watched) =>
      new Set(watched.events.map((one) => one['data']?.cartUpdated?.id as unknown));
    expect(cartIdsIn(mine)).toEqual(new Set([cart['id']]));
    expect(cartIdsIn(theirs)).not.toContain(cart['id']);
    await Promise.all([mine.stop(), theirs.stop()]);
  });

  test('of an import tell how far it is until it is done', async () => {
    const rows = Array.from(
      { length: 20 },
      (_, index) => `live-${index},Live ${index},LIVE-${index},${index + 1}.00`,
    );
    const csv = `Handle,Title,Variant SKU,Variant Price\n${rows.join('\n')}\n`;
    const { job, uploadUrl } = await staff.must(
      `mutation Begin($input: BeginProductsImportInput!) { beginProductsImport(input: $input) { ... on BeginProductsImportSuccess { uploadUrl job { id } } ${FAILURE} } }`,
      { input: { fileName: 'live.csv', bytes: Buffer.byteLength(csv) } },
    );
    const progress = staff.watch(
      'subscription Job($id: ID!) { importProgress(jobId: $id) { status processed created failed } }',
      { id: job.id },
    );
    await progress.until((event) => event['data']?.importProgress?.status === 'AWAITING_FILE');
    expect((await sendFile(shop, { url: uploadUrl }, csv)).status).toBe(202);
    const done = await progress.until(({ data }) => (data as Data)?.['importProgress']?.status === 'DONE');
    expect(done['data'].importProgress).toMatchObject({ processed: 20, created: 20, failed: 0 });
    await progress.stop();
  });
});

describe('a domain whose database is closed', () => {
  const LIST =
    '{ products(first: 5) { edges { node { name rating { count } reviews(first: 1) { totalCount } } } } }';
  const VOTE = `mutation Vote($input: VoteOnReviewInput!) { voteOnReview(input: $input) { __typename ... on VoteOnReviewSuccess { review { id } } ${FAILURE} } }`;
  const REVIEWS =
    'query Reviews($id: ID!) { product(id: $id) { reviews(first: 1) { edges { node { id } } } } }';

  test('leaves gaps that are explained, and is back by itself', async () => {
    const reviewed = shop.demo.reviews.find(
      ({ status, authorEmail }) => status === 'PUBLISHED' && authorEmail !== 'shopper@storegraph.test',
    );
    const id = shop.goods.productIds.get(reviewed?.productSlug ?? '');
    const before = await guest.ask(REVIEWS, { id });
    const reviewId = nodesOf(before.data['product'].reviews)[0]?.['id'] as string;
    const vote = { input: { reviewId, helpful: true } };

    await close('reviews');
    try {
      const { status, data, errors } = await guest.ask(LIST);
      expect(status).toBe(200);
      for (const node of nodesOf(data['products'])) {
        expect(node).toEqual({ name: expect.any(String), rating: null, reviews: null });
      }
      expect(errors.length).toBeGreaterThan(0);
      for (const { path, extensions } of errors) {
        expect([path?.slice(0, 2), extensions['code']]).toEqual([
          ['products', 'edges'],
          'SUBGRAPH_UNAVAILABLE',
        ]);
      }
      const voted = await shopper.ask(VOTE, vote);
      expect([voted.status, voted.data, voted.codes]).toEqual([200, {}, ['SUBGRAPH_UNAVAILABLE']]);
      const asked = performance.now();
      const ready = await readiness();
      expect([
        ready.status,
        ready.body['dependencies']?.reviews,
        ready.body['dependencies']?.catalog,
      ]).toEqual([503, 'unavailable', 'ok']);
      expect(performance.now() - asked).toBeLessThan(2_000);
    } finally {
      await open('reviews');
    }
    const openedAt = performance.now();
    await within(RECOVERY_MILLIS, async () => (await guest.ask(LIST)).codes.length === 0);
    await within(RECOVERY_MILLIS, async () => (await readiness()).status === 200);
    expect(performance.now() - openedAt).toBeLessThan(RECOVERY_MILLIS);
    expect((await shopper.must(VOTE, vote))['review'].id).toBe(reviewId);
  });

  test('still hears afterwards of what happened meanwhile', async () => {
    await close('reviews');
    const order = await placeOrder(shop, shopper).finally(() => open('reviews'));
    await pay(order);
    const productId = (
      await shopper.ask('query Lines($id: ID!) { order(id: $id) { lines { product { id } } } }', {
        id: order['id'],
      })
    ).data['order'].lines[0].product.id as string;
    await within(2 * RECOVERY_MILLIS, async () => {
      const { pool } = shop.domains.reviews;
      const { rowCount } = await pool.query(
        'SELECT 1 FROM purchases WHERE product_id = $1 AND customer_id = $2',
        [productId, shopper.id],
      );
      return rowCount === 1;
    });
  });
});

async function pay(order: Data): Promise<void> {
  await shopper.must(
    `mutation Pay($input: PayOrderInput!) { payOrder(input: $input) { ... on PayOrderSuccess { order { status } } ${FAILURE} } }`,
    { input: { orderId: order['id'], paymentMethod: 'pm_card_visa', idempotencyKey: randomUUID() } },
  );
}

/** PostgreSQL refuses everybody the domain's database, those who are in it included. */
async function close(domain: Domain): Promise<void> {
  await administer(async (client) => {
    await client.query(`ALTER DATABASE "${shop.databaseOf(domain)}" ALLOW_CONNECTIONS false`);
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      shop.databaseOf(domain),
    ]);
  });
}

async function open(domain: Domain): Promise<void> {
  await administer((client) =>
    client.query(`ALTER DATABASE "${shop.databaseOf(domain)}" ALLOW_CONNECTIONS true`),
  );
}

async function administer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: shop.serverUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function readiness(): Promise<{ status: number; body: Data }> {
  const response = await fetch(`${shop.url}/health/ready`);
  return { status: response.status, body: (await response.json()) as Data };
}

async function within(millis: number, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + millis;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`it did not become so within ${millis} ms`);
    await sleep(200);
  }
}
