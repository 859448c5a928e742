import type { Page } from '@storegraph/connection';
import type { Cache } from '@storegraph/events';
import { loadByArguments, loadMany } from '@storegraph/subgraph-server';
import { gatherFacets, type Facet } from './facet.js';
import { countFacets } from './facet.store.js';
import {
  countProducts,
  findPagesByOwners,
  findProductPage,
  findSuggestions,
  type Database,
  type ListOwner,
  type ListPart,
} from './listing.store.js';
import { EVERYTHING, filterKey, ProductSort, type ProductFilter } from './product-list.js';

/** Facets of a popular page are asked for all the time and cost the most; they may be this old. */
const FACETS_TTL_SECONDS = 30;

export function createListingLoaders(db: Database, { currency, cache }: { currency: string; cache: Cache }) {
  const ownedBy = (kind: ListOwner) =>
    loadByArguments((part: ListPart) =>
      loadMany(
        (ids) => findPagesByOwners(db, { kind, ids }, part),
        ({ ownerId }) => ownerId,
      ),
    );
  return {
    products: {
      load: (filter: ProductFilter, part: ListPart) => findProductPage(db, filter, part),
      count: (filter: ProductFilter) => countProducts(db, filter),
      facets: async (filter: ProductFilter): Promise<Facet[]> => {
        const key = `catalog:facets:${currency}:${filterKey(filter)}`;
        const known = await cache.get<Facet[]>(key);
        if (known) return known;
        const facets = gatherFacets(await countFacets(db, filter, currency), currency);
        await cache.set(key, facets, FACETS_TTL_SECONDS);
        return facets;
      },
      /** The newest that everyone finds, or the newest of those the shop shows off. */
      newest: (page: Page, { featured }: { featured: true | null }) =>
        findProductPage(db, { ...EVERYTHING, featured }, { sort: ProductSort.NEWEST, page }),
      suggestions: (typed: string, first: number) => findSuggestions(db, typed, first),
    },
    productsOf: { category: ownedBy('category'), brand: ownedBy('brand'), seller: ownedBy('seller') },
  };
}
