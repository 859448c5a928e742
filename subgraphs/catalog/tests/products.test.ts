import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderPaid, ratingChanged, sellerDecided, stockChanged } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import { guest, seller, shopper, staff } from '@storegraph/testkit';
import { openShop, unique, type Shop } from './shop.js';

const READ = `query ($id: ID, $slug: String) { product(id: $id, slug: $slug) { id slug name inStock inStockAsOf status
  description descriptionText seo { title noIndex } metadata tags seller { id } } }`;

describe('products', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  const read = async (id: string, viewer = guest) => (await shop.ask(READ, { id }, viewer)).data['product'];

  it('keeps what is saved, makes descriptions safe and finds the product by slug', async () => {
    const saved = await shop.product({
      name: 'Été Lamp',
      description: '<p>Warm <b>light</b><script>alert(1)</script></p>',
      seo: { title: 'A lamp' },
      metadata: { watts: 7 },
      tags: ['lamp', 'lamp', 'warm'],
    });
    expect(saved.slug).toBe('ete-lamp');
    const { data } = await shop.ask(READ, { slug: 'ete-lamp' });
    expect(data['product']).toMatchObject({
      id: saved.id,
      description: '<p>Warm <b>light</b></p>',
      descriptionText: 'Warm light',
      seo: { title: 'A lamp', noIndex: false },
      metadata: { watts: 7 },
      tags: ['lamp', 'warm'],
      seller: null,
    });
  });

  it('makes variants of options and keeps ids of what keeps its name', async () => {
    const sizes = (...values: string[]) => [{ name: 'Size', values: values.map((value) => ({ value })) }];
    const variant = (value: string, price: string) => ({
      sku: unique('SKU'),
      price,
      optionValues: [{ name: 'Size', value }],
    });
    const [small, large] = [variant('S', '10.00'), variant('L', '14.50')];
    const first = await shop.product({ options: sizes('S', 'L'), variants: [small, large] });
    expect(first.priceRange).toEqual({ min: { amount: '10.00' }, max: { amount: '14.50' } });
    expect(first.variants.edges.map((edge: { node: { name: string } }) => edge.node.name)).toEqual([
      'S',
      'L',
    ]);
    const second = await shop.save({ id: first.id, options: sizes('XL', 'L', 'S') });
    const idOf = (product: typeof first, value: string) =>
      product.options[0].values.find((one: { value: string }) => one.value === value).id;
    expect(second.product.options[0].id).toBe(first.options[0].id);
    expect(idOf(second.product, 'L')).toBe(idOf(first, 'L'));
    const refused = await shop.save({ id: first.id, options: sizes('L') });
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', path: ['input', 'options'] });
  });

  it('names what is wrong with an input', async () => {
    const problem = async (input: object) => {
      const { code, path } = await shop.save({ name: unique('Bad'), ...input });
      return [code, path?.join('.')];
    };
    const sku = unique('SKU');
    expect(await problem({ name: '' })).toEqual(['INVALID_INPUT', 'input.name']);
    expect(await problem({ name: 'x'.repeat(256) })).toEqual(['INVALID_INPUT', 'input.name']);
    expect(await problem({ status: 'ACTIVE' })).toEqual(['INVALID_INPUT', 'input.status']);
    expect(await problem({ variants: [{ sku, price: '0.00' }] })).toEqual([
      'INVALID_INPUT',
      'input.variants.0.price',
    ]);
    expect(await problem({ variants: [{ sku, price: '1.999' }] })).toEqual([
      'INVALID_INPUT',
      'input.variants.0.price',
    ]);
    expect(await problem({ variants: [{ sku, price: '5.00', compareAtPrice: '4.00' }] })).toEqual([
      'INVALID_INPUT',
      'input.variants.0.compareAtPrice',
    ]);
    expect(await problem({ brandId: newId('brand') })).toEqual(['INVALID_INPUT', 'input.brandId']);
  });

  it('tells which slug or SKU is taken, also to the loser of a race', async () => {
    const [slug, sku] = [unique('slug'), unique('SKU')];
    const at = (same: object) =>
      Promise.all(Array.from({ length: 4 }, () => shop.save({ name: 'Same', ...same })));
    const codesOf = (attempts: Awaited<ReturnType<typeof at>>) =>
      attempts.map(({ code }) => code ?? 'saved').sort();
    expect(codesOf(await at({ slug }))).toEqual(['SLUG_TAKEN', 'SLUG_TAKEN', 'SLUG_TAKEN', 'saved']);
    const variants = [{ sku, price: '1.00' }];
    const racing = await Promise.all(
      Array.from({ length: 4 }, () => shop.save({ name: 'Same', slug: unique('slug'), variants })),
    );
    expect(codesOf(racing)).toEqual(['SKU_TAKEN', 'SKU_TAKEN', 'SKU_TAKEN', 'saved']);
  });

  it('lets one of two people who change the same version win', async () => {
    const { id, version } = await shop.product();
    const attempts = await Promise.all(
      ['One', 'Two'].map((name) => shop.save({ id, name, expectedVersion: version })),
    );
    const [winner, loser] = attempts[0]!.product ? attempts : [attempts[1]!, attempts[0]!];
    expect(winner!.product.version).toBe(version + 1);
    expect(loser).toMatchObject({ code: 'CONFLICT', currentVersion: version + 1 });
  });

  it('lets sellers save what is theirs and nothing else', async () => {
    const [owner, other] = [seller(), seller()];
    const mine = await shop.product({}, owner);
    expect((await read(mine.id)).seller).toEqual({ id: owner.sellerId });
    const SAVE = `mutation ($input: SaveProductInput!) { saveProduct(input: $input) { __typename ... on UserError { path } } }`;
    const attempt = (input: object, viewer: ReturnType<typeof seller>) =>
      shop.ask(SAVE, { input: { id: mine.id, ...input } }, viewer);
    expect((await attempt({ name: 'Stolen' }, other)).code).toBe('FORBIDDEN');
    expect((await attempt({ name: 'Bought' }, shopper())).code).toBe('FORBIDDEN');
    expect((await attempt({ name: 'Mine' }, owner)).data['saveProduct'].__typename).toBe(
      'SaveProductSuccess',
    );
    expect((await attempt({ featured: true }, owner)).data['saveProduct'].path).toEqual([
      'input',
      'featured',
    ]);
    expect((await attempt({ sellerId: newId('seller') }, owner)).data['saveProduct'].path).toEqual([
      'input',
      'sellerId',
    ]);
    expect((await attempt({ featured: true }, staff())).data['saveProduct'].__typename).toBe(
      'SaveProductSuccess',
    );
  });

  it('hides drafts from shoppers, and shows what is deleted only to who follows an old link', async () => {
    const owner = seller();
    const draft = await shop.product({ status: 'DRAFT' }, owner);
    expect(await read(draft.id)).toBeNull();
    expect(await read(draft.id, owner)).toMatchObject({ status: 'DRAFT' });
    const { id } = await shop.product();
    const DELETE = `mutation ($input: DeleteProductInput!) { deleteProduct(input: $input) {
      ... on DeleteProductSuccess { product { status } } ... on UserError { code } } }`;
    expect((await shop.ask(DELETE, { input: { id } }, staff())).data['deleteProduct']).toEqual({
      product: { status: 'ARCHIVED' },
    });
    expect(await read(id)).toBeNull();
    const { data } = await shop.ask(
      `query ($all: [_Any!]!) { _entities(representations: $all) { ... on Product { id status } } }`,
      { all: [id, draft.id].map((one) => ({ __typename: 'Product', id: one })) },
    );
    expect(data['_entities']).toEqual([{ id, status: 'ARCHIVED' }, null]);
    const gone = await shop.ask(DELETE, { input: { id: newId('product') } }, staff());
    expect(gone.data['deleteProduct']).toEqual({ code: 'NOT_FOUND' });
  });

  it('adds, changes and withdraws variants, and prices them by currency and quantity', async () => {
    const product = await shop.product();
    const SAVE = `mutation ($input: SaveVariantInput!) { saveVariant(input: $input) {
      ... on SaveVariantSuccess { variant { id sku price { amount } ten: price(quantity: 10) { amount }
        euro: price(currency: "EUR") { amount currencyCode } yen: price(currency: "JPY") { amount currencyCode }
        compareAtPrice { amount } product { version } } } ... on UserError { code path } } }`;
    const save = async (input: object, viewer = staff()) =>
      (await shop.ask(SAVE, { input }, viewer)).data['saveVariant'];
    const [{ node: only }] = product.variants.edges;
    expect(await save({ productId: product.id, sku: unique('SKU'), price: '5.00' })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    const saved = await save({
      id: only.id,
      sku: only.sku,
      price: '8.00',
      compareAtPrice: '12.00',
      prices: [
        { currency: 'USD', minQuantity: 10, price: '7.00' },
        { currency: 'EUR', price: '9.00' },
      ],
    });
    expect(saved.variant).toMatchObject({
      price: { amount: '8.00' },
      ten: { amount: '7.00' },
      euro: { amount: '9.00', currencyCode: 'EUR' },
      yen: { amount: '8.00', currencyCode: 'USD' },
      compareAtPrice: { amount: '12.00' },
      product: { version: product.version + 1 },
    });
    const DELETE = `mutation ($input: DeleteVariantInput!) { deleteVariant(input: $input) {
      ... on DeleteVariantSuccess { product { id } } ... on UserError { code path } } }`;
    const last = await shop.ask(DELETE, { input: { id: only.id } }, staff());
    expect(last.data['deleteVariant']).toMatchObject({ code: 'INVALID_INPUT', path: ['input', 'status'] });
  });

  it('copies stock, ratings and sales from the news of other domains, the newest news winning', async () => {
    const product = await shop.product();
    const variantId = product.variants.edges[0].node.id;
    const stock = (inStock: boolean, occurredAt: string) => ({
      ...stockChanged({
        aggregateId: variantId,
        data: { variantId, productId: product.id, sellable: inStock ? 3 : 0, inStock },
      }),
      occurredAt,
    });
    expect((await read(product.id)).inStock).toBeNull();
    await shop.receive('orders', stock(true, '2026-01-02T00:00:00.000Z'));
    await shop.receive('orders', stock(false, '2026-01-01T00:00:00.000Z'));
    expect(await read(product.id)).toMatchObject({ inStock: true, inStockAsOf: '2026-01-02T00:00:00.000Z' });
    const rating = { productId: product.id, average: 4.5, count: 2, bayesian: 4 };
    await shop.receive('reviews', ratingChanged({ aggregateId: product.id, data: rating }));
    const line = {
      orderLineId: newId('orderLine'),
      variantId,
      productId: product.id,
      sellerId: null,
      quantity: 7,
    };
    const order = {
      orderId: newId('order'),
      number: 'A-1',
      customerId: null,
      totalMinor: '7000',
      currency: 'USD',
    };
    const paid = orderPaid({ aggregateId: order.orderId, data: { ...order, lines: [line] } });
    await shop.receive('orders', paid);
    await shop.receive('orders', paid);
    const FIRST = `query ($sort: ProductSort!) { products(first: 1, sort: $sort, filter: { ratingMin: 4.5, inStock: true }) { edges { node { id } } } }`;
    for (const sort of ['TOP_RATED', 'BEST_SELLING']) {
      const { data } = await shop.ask(FIRST, { sort });
      expect(data['products'].edges[0].node.id).toBe(product.id);
    }
    const row = await shop.deps.prisma.product.findUniqueOrThrow({ where: { id: product.id } });
    expect(row).toMatchObject({ unitsSold: 7, rating: 4, ratingAverage: 4.5 });
  });

  it('hides what a suspended seller offers until they may sell again', async () => {
    const owner = seller();
    const mine = await shop.product({}, owner);
    const decide = (status: 'SUSPENDED' | 'VERIFIED', occurredAt: string) =>
      shop.receive('accounts', {
        ...sellerDecided({
          aggregateId: String(owner.sellerId),
          data: { sellerId: String(owner.sellerId), status },
        }),
        occurredAt,
      });
    await decide('SUSPENDED', '2026-01-01T00:00:00.000Z');
    expect(await read(mine.id)).toBeNull();
    const later = await shop.product({}, owner);
    expect(await read(later.id)).toBeNull();
    await decide('VERIFIED', '2026-01-02T00:00:00.000Z');
    expect(await read(mine.id)).toMatchObject({ id: mine.id });
    expect(await read(later.id)).toMatchObject({ id: later.id });
  });

  it('announces what is saved, each price once, and shows it to who watches', async () => {
    const product = await shop.product();
    await shop.subgraph.drained();
    const events = await shop.subscribe(
      'subscription ($id: ID!) { productChanged(id: $id) { name version } }',
      { id: product.id },
    );
    const next = events.next();
    await shop.save({ id: product.id, name: 'Renamed' });
    expect((await next).value.data).toEqual({
      productChanged: { name: 'Renamed', version: product.version + 1 },
    });
    await events.return?.();
    const { id: variantId } = product.variants.edges[0].node;
    const rows = await shop.deps.prisma.outboxEvent.findMany({
      where: { aggregateId: { in: [product.id, variantId] } },
      orderBy: { position: 'asc' },
    });
    expect(rows.map(({ type }) => type)).toEqual(['product.saved', 'price.changed', 'product.saved']);
    expect(rows[1]!.data).toEqual({
      variantId,
      productId: product.id,
      priceMinor: '1000',
      currency: 'USD',
    });
  });
});
