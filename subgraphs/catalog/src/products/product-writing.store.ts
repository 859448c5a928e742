import type { Database } from '@storegraph/catalog-db';
import type { ProductCopies, ProductRecord, ProductSummary } from './product-record.js';

type Row = ProductRecord & ProductSummary & ProductCopies;

/**
 * Inserts and updates products by id, whatever their number, in one statement. Copies of other domains (stock,
 * rating, sales) are written for new products only.
 */
export async function upsertProducts(db: Database, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const json = JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  await db.$executeRaw`
    INSERT INTO products (id, slug, name, description_html, description_text, status, withheld, featured, metadata,
      seo_title, seo_description, seo_canonical_url, seo_no_index, category_id, brand_id, seller_id, tags, keywords,
      option_terms, currency, price_min_minor, price_max_minor, default_variant_id, in_stock, stock_as_of, rating,
      rating_average, units_sold, source, source_handle, source_hash, version, created_at, updated_at)
    SELECT id, slug, name, "descriptionHtml", "descriptionText", status::product_status, withheld, featured,
      nullif(metadata, 'null'::jsonb), "seoTitle", "seoDescription", "seoCanonicalUrl", "seoNoIndex", "categoryId",
      "brandId", "sellerId", tags, keywords, "optionTerms", currency, "priceMinMinor", "priceMaxMinor",
      "defaultVariantId", "inStock", "stockAsOf", coalesce(rating, 0), "ratingAverage", coalesce("unitsSold", 0),
      source, "sourceHandle", "sourceHash", version, "createdAt", "updatedAt"
    FROM jsonb_to_recordset(${json}::jsonb) AS p (id text, slug text, name text, "descriptionHtml" text,
      "descriptionText" text, status text, withheld boolean, featured boolean, metadata jsonb, "seoTitle" text,
      "seoDescription" text, "seoCanonicalUrl" text, "seoNoIndex" boolean, "categoryId" text, "brandId" text,
      "sellerId" text, tags text[], keywords text, "optionTerms" text[], currency text, "priceMinMinor" bigint,
      "priceMaxMinor" bigint, "defaultVariantId" text, "inStock" boolean, "stockAsOf" timestamptz,
      rating double precision, "ratingAverage" double precision, "unitsSold" int, source text, "sourceHandle" text,
      "sourceHash" text, version int, "createdAt" timestamptz, "updatedAt" timestamptz)
    ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, name = excluded.name,
      description_html = excluded.description_html, description_text = excluded.description_text,
      status = excluded.status, withheld = excluded.withheld, featured = excluded.featured,
      metadata = excluded.metadata, seo_title = excluded.seo_title, seo_description = excluded.seo_description,
      seo_canonical_url = excluded.seo_canonical_url, seo_no_index = excluded.seo_no_index,
      category_id = excluded.category_id, brand_id = excluded.brand_id, seller_id = excluded.seller_id,
      tags = excluded.tags, keywords = excluded.keywords, option_terms = excluded.option_terms,
      price_min_minor = excluded.price_min_minor, price_max_minor = excluded.price_max_minor,
      default_variant_id = excluded.default_variant_id, source_hash = excluded.source_hash,
      version = excluded.version, updated_at = excluded.updated_at`;
}

/**
 * Counts anew whether anything of a product can be bought. The product is locked first: of two variants whose news
 * arrive together, the second counts what the first has written.
 */
export async function recountStock(db: Database, productId: string, asOf: Date): Promise<void> {
  await db.$queryRaw`SELECT 1 FROM products WHERE id = ${productId} FOR UPDATE`;
  await db.$executeRaw`
    UPDATE products SET stock_as_of = greatest(stock_as_of, ${asOf}),
      in_stock = (SELECT bool_or(in_stock) FROM variants WHERE product_id = ${productId} AND active)
    WHERE id = ${productId}`;
}

export async function setRating(
  db: Database,
  rating: { productId: string; average: number | null; bayesian: number; asOf: Date },
): Promise<void> {
  await db.$executeRaw`
    UPDATE products SET rating = ${rating.bayesian}, rating_average = ${rating.average}, rating_as_of = ${rating.asOf}
    WHERE id = ${rating.productId} AND (rating_as_of IS NULL OR rating_as_of <= ${rating.asOf})`;
}

/** Adds what an order sold; ordered by id so that two orders never wait for each other. */
export async function addUnitsSold(
  db: Database,
  lines: readonly { productId: string; quantity: number }[],
  asOf: Date,
): Promise<void> {
  await db.$executeRaw`
    WITH sold AS (
      SELECT "productId" AS id, sum(quantity)::int AS quantity
      FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l ("productId" text, quantity int) GROUP BY 1
    ), locked AS (
      SELECT p.id, sold.quantity FROM products p JOIN sold ON sold.id = p.id ORDER BY p.id FOR UPDATE OF p
    )
    UPDATE products p SET units_sold = p.units_sold + locked.quantity, sold_as_of = ${asOf}
    FROM locked WHERE p.id = locked.id`;
}

/** Remembers a seller's standing and hides or shows what they offer; older news changes nothing. */
export async function setSellerStanding(
  db: Database,
  standing: { sellerId: string; suspended: boolean; asOf: Date },
): Promise<void> {
  const { sellerId, suspended, asOf } = standing;
  const changed = await db.$executeRaw`
    INSERT INTO seller_standings (seller_id, suspended, as_of) VALUES (${sellerId}, ${suspended}, ${asOf})
    ON CONFLICT (seller_id) DO UPDATE SET suspended = excluded.suspended, as_of = excluded.as_of
    WHERE seller_standings.as_of <= excluded.as_of`;
  if (changed === 0) return;
  await db.$executeRaw`
    UPDATE products SET withheld = ${suspended} WHERE seller_id = ${sellerId} AND withheld <> ${suspended}`;
}

export async function archiveProduct(db: Database, id: string, now: Date): Promise<void> {
  await db.product.update({
    where: { id },
    data: { status: 'ARCHIVED', version: { increment: 1 }, updatedAt: now },
  });
}
