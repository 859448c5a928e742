import { ensureBrands } from './brands/ensure-brands.action.js';
import { ensureCategories, type WantedCategory } from './categories/ensure-categories.action.js';
import type { Deps } from './context.js';
import { seededIds } from './products/seeded-ids.action.js';
import { seedProducts, type SeedNames, type SeedProduct } from './products/seed-products.action.js';

export type { SeedProduct, SeedVariant } from './products/seed-products.action.js';

/** Demonstration data of the catalog. Products name brands and categories by slug, sellers by id. */
export type CatalogSeed = {
  readonly brands?: readonly { slug: string; name: string; description?: string }[];
  /** Parents before children. */
  readonly categories?: readonly WantedCategory[];
  /** Read once, batch by batch: a generator of 120,000 products is fine. */
  readonly products?: Iterable<SeedProduct>;
};

/** What the seed's own keys became. */
export type SeededCatalog = {
  readonly brandIds: ReadonlyMap<string, string>;
  readonly categoryIds: ReadonlyMap<string, string>;
  readonly productIds: ReadonlyMap<string, string>;
  /** By SKU. */
  readonly variantIds: ReadonlyMap<string, string>;
};

const BATCH = 500;

/**
 * Writes demonstration data in bulk. Whatever exists by its slug is left as it is, so seeding twice changes nothing;
 * the answer names old and new alike.
 *
 * @param options.announce publishes `product.saved` and `price.changed` for each new product, too; new
 *   brands and categories are always announced. @default false
 * @throws {TypeError} for a product that names a brand, a category or an option value the seed does not describe
 */
export async function seedCatalog(
  deps: Deps,
  data: CatalogSeed,
  { announce = false }: { announce?: boolean } = {},
): Promise<SeededCatalog> {
  const { brands = [], categories = [], products = [] } = data;
  const now = deps.now();
  const { brandIds, categoryIds } = await deps.prisma.$transaction(
    async (tx) => ({
      brandIds: await ensureBrands(tx, brands, now),
      categoryIds: await ensureCategories(tx, categories, now),
    }),
    { timeout: 60_000 },
  );
  const names: SeedNames = { brands: join(brands, brandIds), categories: join(categories, categoryIds) };
  const productIds = new Map<string, string>();
  const variantIds = new Map<string, string>();
  for (const batch of batches(products)) {
    await seedProducts(deps, batch, { names, announce });
    const ids = await seededIds(
      deps,
      batch.map(({ slug }) => slug),
    );
    for (const [slug, id] of ids.productIds) productIds.set(slug, id);
    for (const [sku, id] of ids.variantIds) variantIds.set(sku, id);
  }
  return { brandIds, categoryIds, productIds, variantIds };
}

function join(
  named: readonly { slug: string; name: string }[],
  ids: ReadonlyMap<string, string>,
): Map<string, { id: string; name: string }> {
  return new Map(named.map(({ slug, name }) => [slug, { id: ids.get(slug) ?? '', name }]));
}

function* batches(products: Iterable<SeedProduct>): Generator<SeedProduct[]> {
  let batch: SeedProduct[] = [];
  for (const product of products) {
    batch.push(product);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
