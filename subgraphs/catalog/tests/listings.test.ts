import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guest, seller, staff } from '@storegraph/testkit';
import { seedCatalog, type SeededCatalog } from '../src/seed.js';
import { bikes, LIST, PRODUCTS, sellerId } from './bikes.js';
import { openShop, type Shop } from './shop.js';

const COUNT = `query ($filter: ProductFilter) { products(filter: $filter) { totalCount edges { node { slug } } } }`;
const SORTS = ['RELEVANCE', 'NEWEST', 'PRICE_ASC', 'PRICE_DESC', 'NAME', 'BEST_SELLING', 'TOP_RATED'];
describe('lists of products', () => {
  let shop: Shop;
  let seeded: SeededCatalog;
  beforeAll(async () => {
    shop = await openShop();
    seeded = await seedCatalog(shop.deps, bikes());
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
    const again = await seedCatalog(shop.deps, bikes());
    expect(again).toEqual(seeded);
    expect([seeded.productIds.size, seeded.variantIds.size]).toEqual([PRODUCTS, PRODUCTS * 2]);
    const news = await shop.deps.prisma.outboxEvent.groupBy({ by: ['type'], _count: true });
    const announced = Object.fromEntries(news.map(({ type, _count }) => [type, _count]));
    expect(announced).toEqual({
      'brand.saved': seeded.brandIds.size,
      'category.saved': seeded.categoryIds.size,
    });
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
