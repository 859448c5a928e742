import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { guest, seller, staff } from '@storegraph/testkit';
import { seedCatalog, type SeededCatalog, type SeedProduct } from '../src/seed.js';
import { openShop, type Shop } from './shop.js';

const LIST = `query ($filter: ProductFilter, $sort: ProductSort, $first: Int = 20, $after: String) {
  products(filter: $filter, sort: $sort, first: $first, after: $after) {
    edges { node { id slug name priceRange { min { amount } max { amount } } brand { name } category { name } } }
    pageInfo { hasNextPage endCursor } } }`;
const COUNT = `query ($filter: ProductFilter) { products(filter: $filter) { totalCount edges { node { slug } } } }`;
const SORTS = ['RELEVANCE', 'NEWEST', 'PRICE_ASC', 'PRICE_DESC', 'NAME', 'BEST_SELLING', 'TOP_RATED'];
const PRODUCTS = 60;
const sellerId = newId('seller');

const COLOURS = ['Red', 'Blue', 'Green'];

/** Many ties on purpose: prices, ratings, sales and names repeat. */
function* products(): Generator<SeedProduct> {
  for (let at = 0; at < PRODUCTS; at += 1) {
    const colour = COLOURS[at % 3] ?? '';
    yield {
      slug: `bike-${at}`,
      name: `${colour} ${at % 2 ? 'Bicycle' : 'Scooter'} ${at % 7}`,
      description: at % 5 === 0 ? 'With a titanium frame.' : 'With wheels.',
      brandSlug: at % 4 ? 'swift' : 'heron',
      categorySlug: at % 2 ? 'bicycles' : 'scooters',
      tags: at % 6 === 0 ? ['sale', 'city'] : ['city'],
      sellerId: at % 10 === 0 ? sellerId : undefined,
      featured: at < 3,
      options: [{ name: 'Colour', values: [{ value: colour }, { value: 'Black' }] }],
      variants: [
        { sku: `BK-${at}-C`, optionValues: [colour], priceMinor: BigInt(1_000 * (1 + (at % 8))) },
        { sku: `BK-${at}-B`, optionValues: ['Black'], priceMinor: BigInt(1_000 * (2 + (at % 8))) },
      ],
      copies: {
        unitsSold: at % 4,
        rating: at % 3,
        ratingAverage: at % 3 || null,
        inStock: at % 2 === 0,
      },
      createdAt: new Date(1_700_000_000_000 + (at % 9) * 1_000),
    };
  }
}

describe('lists of products', () => {
  let shop: Shop;
  let seeded: SeededCatalog;
  const data = () => ({
    brands: [
      { slug: 'swift', name: 'Swift' },
      { slug: 'heron', name: 'Heron' },
    ],
    categories: [
      { slug: 'vehicles', name: 'Vehicles' },
      { slug: 'bicycles', name: 'Bicycles', parentSlug: 'vehicles' },
      { slug: 'scooters', name: 'Scooters', parentSlug: 'vehicles' },
    ],
    products: products(),
  });
  beforeAll(async () => {
    shop = await openShop();
    seeded = await seedCatalog(shop.deps, data());
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  const slugs = async (filter: object, rest: object = {}) => {
    const { data, errors } = await shop.ask(LIST, { filter, first: 100, ...rest });
    expect(errors).toBeUndefined();
    return data['products'].edges.map((edge: { node: { slug: string } }) => edge.node.slug) as string[];
  };
  const matching = (fits: (at: number) => boolean) =>
    Array.from({ length: PRODUCTS }, (_, at) => at)
      .filter(fits)
      .map((at) => `bike-${at}`)
      .sort();

  it('writes demonstration data once and answers its ids each time', async () => {
    const again = await seedCatalog(shop.deps, data());
    expect(again).toEqual(seeded);
    expect([seeded.productIds.size, seeded.variantIds.size]).toEqual([PRODUCTS, PRODUCTS * 2]);
    expect(await shop.deps.prisma.outboxEvent.count()).toBe(0);
  });

  it.each(SORTS)('walks all pages by %s and sees each product once, in order', async (sort) => {
    for (const query of [null, 'bicycle']) {
      const all = await slugs({ query }, { sort });
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const { data }: Awaited<ReturnType<typeof shop.ask>> = await shop.ask(LIST, {
          filter: { query },
          sort,
          first: 7,
          after,
        });
        const { edges, pageInfo } = data['products'];
        seen.push(...edges.map((edge: { node: { slug: string } }) => edge.node.slug));
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after);
      expect(seen).toEqual(all);
      expect(new Set(seen).size).toBe(query ? PRODUCTS / 2 : PRODUCTS);
    }
  });

  it('sorts by what it says', async () => {
    const { data } = await shop.ask(LIST, { sort: 'PRICE_DESC', first: 100 });
    const prices = data['products'].edges.map((edge: { node: { priceRange: { min: { amount: string } } } }) =>
      Number(edge.node.priceRange.min.amount),
    );
    expect(prices).toEqual([...prices].sort((left, right) => right - left));
    const named = await shop.ask(LIST, { sort: 'NAME', first: 100 });
    const names = named.data['products'].edges.map((edge: { node: { name: string } }) => edge.node.name);
    expect(names).toEqual([...names].sort());
  });

  it('refuses cursors of other orders, pages too long and amounts that are none', async () => {
    const { data } = await shop.ask(LIST, { sort: 'NAME', first: 1 });
    const after = data['products'].pageInfo.endCursor;
    expect((await shop.ask(LIST, { sort: 'NEWEST', after })).code).toBe('BAD_USER_INPUT');
    const forged = Buffer.from(JSON.stringify(['PRICE_ASC', "1'; --", 'x'])).toString('base64url');
    expect((await shop.ask(LIST, { sort: 'PRICE_ASC', after: forged })).code).toBe('BAD_USER_INPUT');
    expect((await shop.ask(LIST, { first: 101 })).code).toBe('BAD_USER_INPUT');
    expect((await shop.ask(LIST, { filter: { priceMin: '1.005' } })).code).toBe('BAD_USER_INPUT');
  });

  it('finds words anywhere, the beginning of the last one, and SKUs', async () => {
    expect((await slugs({ query: 'titanium bic' })).sort()).toEqual(matching((at) => at % 10 === 5));
    expect((await slugs({ query: 'heron' })).sort()).toEqual(matching((at) => at % 4 === 0));
    expect(await slugs({ query: 'BK-17-B' })).toEqual(['bike-17']);
    expect(await slugs({ query: "!&|'():*" })).toHaveLength(PRODUCTS);
    expect(await slugs({ query: 'unobtainium' })).toEqual([]);
  });

  it('filters by category and below, brand, tag, seller, option, price, stock, rating and features', async () => {
    const id = (slug: string) => seeded.categoryIds.get(slug) ?? seeded.brandIds.get(slug);
    const cases: [object, (at: number) => boolean][] = [
      [{ category: id('vehicles') }, () => true],
      [{ category: id('bicycles') }, (at) => at % 2 === 1],
      [{ brands: [id('heron')] }, (at) => at % 4 === 0],
      [{ brands: [id('heron'), id('swift')] }, () => true],
      [{ tags: ['sale', 'city'] }, (at) => at % 6 === 0],
      [{ seller: sellerId }, (at) => at % 10 === 0],
      [{ options: [{ name: 'Colour', values: ['Red', 'Blue'] }] }, (at) => at % 3 < 2],
      [{ priceMin: '80.00' }, (at) => at % 8 >= 6],
      [{ priceMax: '10.00' }, (at) => at % 8 === 0],
      [{ inStock: true }, (at) => at % 2 === 0],
      [{ inStock: false }, (at) => at % 2 === 1],
      [{ ratingMin: 2 }, (at) => at % 3 === 2],
      [{ featured: true }, (at) => at < 3],
      [{ category: id('scooters'), brands: [id('heron')], priceMax: '10.00' }, (at) => at % 8 === 0],
    ];
    for (const [filter, fits] of cases) {
      expect((await slugs(filter)).sort(), JSON.stringify(filter)).toEqual(matching(fits));
      const { data } = await shop.ask(COUNT, { filter });
      expect(data['products'].totalCount, JSON.stringify(filter)).toBe(matching(fits).length);
    }
  });

  it('counts facets as if nothing of the same facet were chosen', async () => {
    const { data, errors } = await shop.ask(
      `query ($filter: ProductFilter) { products(first: 0, filter: $filter) { facets { key label values { value label count } } } }`,
      { filter: { brands: [seeded.brandIds.get('heron')], tags: ['sale'] } },
    );
    expect(errors).toBeUndefined();
    const facet = (key: string) =>
      data['products'].facets.find((one: { key: string }) => one.key === key)?.values;
    const sale = (at: number) => at % 6 === 0;
    const counted = (fits: (at: number) => boolean) => matching(fits).length;
    expect(facet('brand')).toEqual(
      [
        {
          value: seeded.brandIds.get('heron'),
          label: 'Heron',
          count: counted((at) => sale(at) && at % 4 === 0),
        },
        {
          value: seeded.brandIds.get('swift'),
          label: 'Swift',
          count: counted((at) => sale(at) && at % 4 > 0),
        },
      ].sort((left, right) => right.count - left.count),
    );
    expect(facet('tag')).toEqual([
      { value: 'city', label: 'city', count: counted((at) => at % 4 === 0) },
      { value: 'sale', label: 'sale', count: counted((at) => sale(at) && at % 4 === 0) },
    ]);
    expect(facet('option:Colour')[0]).toEqual({
      value: 'Black',
      label: 'Black',
      count: counted((at) => sale(at) && at % 4 === 0),
    });
    const heronOnSale = (price: number) =>
      counted((at) => sale(at) && at % 4 === 0 && at % 8 === price / 10 - 1);
    expect(facet('price')).toEqual([
      { value: '0.00-25.00', label: '0.00 to 25.00 USD', count: heronOnSale(10) },
      { value: '50.00-100.00', label: '50.00 to 100.00 USD', count: heronOnSale(50) },
    ]);
  });

  it('lists what is not public for staff, and for a seller among their own', async () => {
    const owner = seller();
    const draft = await shop.product({ status: 'DRAFT' }, owner);
    const filter = { status: 'DRAFT', seller: owner.sellerId };
    const ids = async (viewer: typeof guest, given: object = filter) =>
      (await shop.ask(LIST, { filter: given }, viewer)).data['products']?.edges.map(
        (edge: { node: { id: string } }) => edge.node.id,
      );
    expect(await ids(owner)).toEqual([draft.id]);
    expect(await ids(staff())).toEqual([draft.id]);
    expect(await ids(owner, { status: 'DRAFT' })).toBeUndefined();
    expect(await ids(guest)).toBeUndefined();
    expect(await slugs({ seller: owner.sellerId })).toEqual([]);
  });

  it.each([5, 50])('asks three statements for a page of %i with price, brand and category', async (first) => {
    shop.statements.length = 0;
    const { data } = await shop.ask(LIST, {
      first,
      filter: { category: seeded.categoryIds.get('vehicles') },
    });
    expect(data['products'].edges).toHaveLength(first);
    expect(shop.statements).toHaveLength(3);
  });

  it.each([5, 50])(
    'asks six statements for %i products whole, with variants, options and text',
    async (first) => {
      shop.statements.length = 0;
      const { data, errors } = await shop.ask(
        `query ($first: Int!) { products(first: $first) { edges { node { description seo { title }
        options { name values { value } } customizations { name } defaultVariant { sku }
        variants { edges { node { sku price { amount } optionValues { name value } product { slug } } } } } } } }`,
        { first },
      );
      expect(errors).toBeUndefined();
      expect(data['products'].edges).toHaveLength(first);
      // List, text, options, default variants, pages of variants, and the products variants point back at.
      expect(shop.statements).toHaveLength(6);
    },
  );

  it('answers entities of every kind and key in one statement each', async () => {
    const two = ['bike-1', 'bike-2'];
    const representations = [
      ...two.map((slug) => ({ __typename: 'Product', slug })),
      ...two.map((slug) => ({ __typename: 'Product', id: seeded.productIds.get(slug) })),
      ...['BK-1-B', 'BK-2-B'].map((sku) => ({ __typename: 'ProductVariant', sku })),
      ...['BK-1-C', 'BK-2-C'].map((sku) => ({
        __typename: 'ProductVariant',
        id: seeded.variantIds.get(sku),
      })),
      ...['bicycles', 'scooters'].map((slug) => ({ __typename: 'Category', slug })),
      ...['heron', 'swift'].map((slug) => ({ __typename: 'Brand', id: seeded.brandIds.get(slug) })),
      { __typename: 'Product', id: newId('product') },
    ];
    shop.statements.length = 0;
    const { data, errors } = await shop.ask(
      `query ($all: [_Any!]!) { _entities(representations: $all) { __typename ... on Product { slug }
        ... on ProductVariant { sku } ... on Category { slug } ... on Brand { name } } }`,
      { all: representations },
    );
    expect(errors).toBeUndefined();
    expect(
      data['_entities'].map(
        (one: Record<string, string> | null) => one && (one['slug'] ?? one['sku'] ?? one['name']),
      ),
    ).toEqual([
      ...two,
      ...two,
      'BK-1-B',
      'BK-2-B',
      'BK-1-C',
      'BK-2-C',
      'bicycles',
      'scooters',
      'Heron',
      'Swift',
      null,
    ]);
    expect(shop.statements).toHaveLength(6);
  });

  it('lists what belongs to categories, brands and sellers, all of a kind in one statement', async () => {
    shop.statements.length = 0;
    const { data, errors } = await shop.ask(`{ categories { name productCount
      products(first: 2, sort: NAME) { edges { node { slug } } pageInfo { hasNextPage } } } }`);
    expect(errors).toBeUndefined();
    expect(shop.statements).toHaveLength(3);
    expect(data['categories'].map((one: { productCount: number }) => one.productCount)).toEqual([60, 30, 30]);
    for (const category of data['categories']) expect(category.products.edges).toHaveLength(2);
    const owned = await shop.ask(
      `query ($all: [_Any!]!) { _entities(representations: $all) { ... on Seller { sold: products(first: 1) { totalCount } }
        ... on Brand { products(first: 1) { totalCount edges { node { brand { name } } } } } } }`,
      {
        all: [
          { __typename: 'Seller', id: sellerId },
          { __typename: 'Brand', id: seeded.brandIds.get('heron') },
        ],
      },
    );
    expect(owned.data['_entities']).toEqual([
      { sold: { totalCount: 6 } },
      { products: { totalCount: 15, edges: [{ node: { brand: { name: 'Heron' } } }] } },
    ]);
  });

  it('shows what is featured and new, and suggests what may be meant', async () => {
    const { data, errors } =
      await shop.ask(`{ featuredProducts(first: 2) { slug } newArrivals(first: 3) { slug }
      begun: searchSuggestions(prefix: "bic") within: searchSuggestions(prefix: "titan", first: 3)
      nothing: searchSuggestions(prefix: "%") brands(first: 5) { edges { node { name } } } brand(slug: "swift") { name } }`);
    expect(errors).toBeUndefined();
    expect(data['featuredProducts']).toEqual([{ slug: 'bike-2' }, { slug: 'bike-1' }]);
    expect(data['newArrivals']).toHaveLength(3);
    expect(data['begun'][0]).toBe('Bicycles');
    expect(data['within']).toHaveLength(3);
    expect(data['nothing']).toEqual([]);
    expect(data['brands'].edges.map((edge: { node: { name: string } }) => edge.node.name)).toEqual([
      'Heron',
      'Swift',
    ]);
    expect(data['brand']).toEqual({ name: 'Swift' });
  });
});
