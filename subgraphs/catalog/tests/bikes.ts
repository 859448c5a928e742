import { newId } from '@storegraph/ids';
import type { CatalogSeed, SeedProduct } from '../src/seed.js';

export const LIST = `query ($filter: ProductFilter, $sort: ProductSort, $first: Int = 20, $after: String) {
  products(filter: $filter, sort: $sort, first: $first, after: $after) {
    edges { node { id slug name priceRange { min { amount } max { amount } } brand { name } category { name } } }
    pageInfo { hasNextPage endCursor } } }`;
/** Who sells every tenth bike. */
export const sellerId = newId('seller');

export const PRODUCTS = 60;

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

/** Sixty products of two brands in two categories of one department. */
export const bikes = (): CatalogSeed => ({
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
