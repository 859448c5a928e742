import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { seedCatalog, type SeededCatalog } from '../src/seed.js';
import { bikes, LIST, sellerId } from './bikes.js';
import { openShop, type Shop } from './shop.js';

describe('statements asked', () => {
  let shop: Shop;
  let seeded: SeededCatalog;
  beforeAll(async () => {
    shop = await openShop();
    seeded = await seedCatalog(shop.deps, bikes());
  });
  afterAll(() => shop[Symbol.asyncDispose]());

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
});
