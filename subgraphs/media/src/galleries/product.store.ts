import type { Database } from '@storegraph/media-db';

export type { Database } from '@storegraph/media-db';

export async function findSellersOfProducts(
  db: Database,
  productIds: readonly string[],
): Promise<{ productId: string; sellerId: string | null }[]> {
  return db.product.findMany({
    where: { productId: { in: [...productIds] } },
    select: { productId: true, sellerId: true },
  });
}

/** Remembers who sells a product, unless something newer is known. */
export async function setSellerOfProduct(
  db: Database,
  product: { productId: string; sellerId: string | null; version: number },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO products (product_id, seller_id, catalog_version)
    VALUES (${product.productId}, ${product.sellerId}, ${product.version}::int)
    ON CONFLICT (product_id) DO UPDATE
      SET seller_id = EXCLUDED.seller_id, catalog_version = EXCLUDED.catalog_version
      WHERE products.catalog_version <= EXCLUDED.catalog_version`;
}
