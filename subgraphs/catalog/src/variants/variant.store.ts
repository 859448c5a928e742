import { Prisma, type Database } from '@storegraph/catalog-db';
import type { Page } from '@storegraph/connection';
import type { Variant } from './variant.js';

export type { Database } from '@storegraph/catalog-db';

const COLUMNS = Prisma.sql`id, product_id AS "productId", sku, name, option_value_ids AS "optionValueIds", position,
  weight_grams AS "weightGrams", barcode, requires_shipping AS "requiresShipping", taxable, currency,
  price_minor AS "priceMinor", compare_at_minor AS "compareAtMinor", cost_minor AS "costMinor", active, sellable,
  in_stock AS "inStock", stock_as_of AS "stockAsOf", created_at AS "createdAt", updated_at AS "updatedAt"`;

export function findVariantsByIds(db: Database, ids: readonly string[]): Promise<Variant[]> {
  return db.$queryRaw<Variant[]>`SELECT ${COLUMNS} FROM variants WHERE id = ANY (${[...ids]}::text[])`;
}

export function findVariantsBySkus(db: Database, skus: readonly string[]): Promise<Variant[]> {
  return db.$queryRaw<Variant[]>`SELECT ${COLUMNS} FROM variants WHERE sku = ANY (${[...skus]}::text[])`;
}

/** Every variant of the products, those no longer sold included, in the order they are shown. */
export function findVariantsByProducts(db: Database, productIds: readonly string[]): Promise<Variant[]> {
  return db.$queryRaw<Variant[]>`
    SELECT ${COLUMNS} FROM variants WHERE product_id = ANY (${[...productIds]}::text[])
    ORDER BY product_id, position, id`;
}

/** One page of what is sold of each product, all products in one statement, one row more than the page. */
export function findVariantPages(
  db: Database,
  productIds: readonly string[],
  { first, after }: Page,
): Promise<Variant[]> {
  const position = after ? Prisma.sql`AND (position, id) > (${after[0]}, ${after[1]})` : Prisma.empty;
  return db.$queryRaw<Variant[]>`
    SELECT page.* FROM unnest(${[...productIds]}::text[]) AS wanted (product_id)
    CROSS JOIN LATERAL (
      SELECT ${COLUMNS} FROM variants v WHERE v.product_id = wanted.product_id AND active ${position}
      ORDER BY position, id LIMIT ${first + 1}
    ) AS page`;
}

/** Inserts and updates variants by id, whatever their number, in one statement; copies of stock are kept. */
export async function upsertVariants(db: Database, variants: readonly Variant[]): Promise<void> {
  if (variants.length === 0) return;
  const rows = JSON.stringify(variants, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  await db.$executeRaw`
    INSERT INTO variants (id, product_id, sku, name, option_value_ids, position, weight_grams, barcode,
      requires_shipping, taxable, currency, price_minor, compare_at_minor, cost_minor, active,
      sellable, in_stock, stock_as_of, created_at, updated_at)
    SELECT id, "productId", sku, name, "optionValueIds", position, "weightGrams", barcode,
      "requiresShipping", taxable, currency, "priceMinor", "compareAtMinor", "costMinor", active,
      sellable, "inStock", "stockAsOf", "createdAt", "updatedAt"
    FROM jsonb_to_recordset(${rows}::jsonb) AS v (id text, "productId" text, sku text, name text,
      "optionValueIds" text[], position int, "weightGrams" int, barcode text, "requiresShipping" boolean,
      taxable boolean, currency text, "priceMinor" bigint, "compareAtMinor" bigint, "costMinor" bigint,
      active boolean, sellable int, "inStock" boolean, "stockAsOf" timestamptz, "createdAt" timestamptz,
      "updatedAt" timestamptz)
    ON CONFLICT (id) DO UPDATE SET sku = excluded.sku, name = excluded.name,
      option_value_ids = excluded.option_value_ids, position = excluded.position,
      weight_grams = excluded.weight_grams, barcode = excluded.barcode,
      requires_shipping = excluded.requires_shipping, taxable = excluded.taxable, currency = excluded.currency,
      price_minor = excluded.price_minor, compare_at_minor = excluded.compare_at_minor,
      cost_minor = excluded.cost_minor, active = excluded.active, updated_at = excluded.updated_at`;
}

/** Writes the newest news of a variant's stock; `null` when it is unknown or older than what is known. */
export async function setStock(
  db: Database,
  stock: { variantId: string; sellable: number; inStock: boolean; asOf: Date },
): Promise<{ productId: string } | null> {
  const { variantId, sellable, inStock, asOf } = stock;
  const [row] = await db.$queryRaw<{ productId: string }[]>`
    UPDATE variants SET sellable = ${sellable}, in_stock = ${inStock}, stock_as_of = ${asOf}
    WHERE id = ${variantId} AND (stock_as_of IS NULL OR stock_as_of <= ${asOf}) RETURNING product_id AS "productId"`;
  return row ?? null;
}
