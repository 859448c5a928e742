import type { Page } from '@storegraph/connection';
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
import { EVERYTHING, ProductSort, type ProductFilter } from './product-list.js';

export function createListingLoaders(db: Database, currency: string) {
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
      facets: async (filter: ProductFilter): Promise<Facet[]> =>
        gatherFacets(await countFacets(db, filter, currency), currency),
      /** The newest that everyone finds, or the newest of those the shop shows off. */
      newest: (page: Page, { featured }: { featured: true | null }) =>
        findProductPage(db, { ...EVERYTHING, featured }, { sort: ProductSort.NEWEST, page }),
      suggestions: (typed: string, first: number) => findSuggestions(db, typed, first),
    },
    productsOf: { category: ownedBy('category'), brand: ownedBy('brand'), seller: ownedBy('seller') },
  };
}
