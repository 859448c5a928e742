import { Prisma, type Database } from '@storegraph/catalog-db';
import { PRODUCT_COLUMNS, type Product, type ProductStatus, type ProductText } from './product.js';
import type { ProductRecord } from './product-record.js';

export type { Database } from '@storegraph/catalog-db';

const COLUMNS = Prisma.raw(PRODUCT_COLUMNS);

export function findProductsByIds(db: Database, ids: readonly string[]): Promise<Product[]> {
  return db.$queryRaw<Product[]>`SELECT ${COLUMNS} FROM products p WHERE p.id = ANY (${[...ids]}::text[])`;
}

export function findProductsBySlugs(db: Database, slugs: readonly string[]): Promise<Product[]> {
  return db.$queryRaw<
    Product[]
  >`SELECT ${COLUMNS} FROM products p WHERE p.slug = ANY (${[...slugs]}::text[])`;
}

export function findTextsByProducts(db: Database, ids: readonly string[]): Promise<ProductText[]> {
  return db.$queryRaw<ProductText[]>`
    SELECT id, description_html AS "descriptionHtml", description_text AS "descriptionText", metadata,
      seo_title AS "seoTitle", seo_description AS "seoDescription", seo_canonical_url AS "seoCanonicalUrl",
      seo_no_index AS "seoNoIndex"
    FROM products WHERE id = ANY (${[...ids]}::text[])`;
}

/** Locks products for the rest of the transaction and answers all that is written of them. */
export async function lockProducts(db: Database, ids: readonly string[]): Promise<ProductRecord[]> {
  const wanted = [...ids].sort();
  await db.$queryRaw`SELECT 1 FROM products WHERE id = ANY (${wanted}::text[]) ORDER BY id FOR UPDATE`;
  const rows = await db.product.findMany({ where: { id: { in: wanted } } });
  return rows.map((row) => ({ ...row, status: row.status as ProductStatus }));
}

/** Which products these handles of one source became. */
export function findProductsBySource(
  db: Database,
  source: { name: string; sellerId: string | null; handles: readonly string[] },
): Promise<{ id: string; handle: string; hash: string | null }[]> {
  const { name, sellerId, handles } = source;
  return db.$queryRaw`
    SELECT id, source_handle AS handle, source_hash AS hash FROM products
    WHERE source = ${name} AND coalesce(seller_id, '') = ${sellerId ?? ''}
      AND source_handle = ANY (${[...handles]}::text[])`;
}

/** Who has these slugs now. */
export function findHoldersOfSlugs(
  db: Database,
  slugs: readonly string[],
): Promise<{ id: string; slug: string }[]> {
  return db.product.findMany({ where: { slug: { in: [...slugs] } }, select: { id: true, slug: true } });
}

export async function findBrandAndCategoryNames(
  db: Database,
  ids: { brandId: string | null; categoryId: string | null },
): Promise<{ brandName: string | null; categoryName: string | null }> {
  const [row] = await db.$queryRaw<{ brandName: string | null; categoryName: string | null }[]>`
    SELECT (SELECT name FROM brands WHERE id = ${ids.brandId}) AS "brandName",
      (SELECT name FROM categories WHERE id = ${ids.categoryId}) AS "categoryName"`;
  return row ?? { brandName: null, categoryName: null };
}

export async function isSellerSuspended(db: Database, sellerId: string): Promise<boolean> {
  return (await db.sellerStanding.findUnique({ where: { sellerId } }))?.suspended ?? false;
}

/** Ids by slug, and the ids of their variants by SKU. */
export async function findIdsBySlugs(
  db: Database,
  slugs: readonly string[],
): Promise<{ productIds: [string, string][]; variantIds: [string, string][] }> {
  const products = await findHoldersOfSlugs(db, slugs);
  const variants = await db.$queryRaw<{ id: string; sku: string }[]>`
    SELECT id, sku FROM variants WHERE product_id = ANY (${products.map(({ id }) => id)}::text[])`;
  return {
    productIds: products.map(({ slug, id }) => [slug, id]),
    variantIds: variants.map(({ sku, id }) => [sku, id]),
  };
}
