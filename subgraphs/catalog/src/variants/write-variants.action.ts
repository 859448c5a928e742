import type { Transaction } from '../context.js';
import type { Variant } from './variant.js';
import { findVariantsByProducts, findVariantsBySkus, setStock, upsertVariants } from './variant.store.js';

/** Writes the variants of many products at once; the products exist already. */
export function writeVariants(tx: Transaction, variants: readonly Variant[]): Promise<void> {
  return upsertVariants(tx, variants);
}

/** Every variant of the products within a transaction that is about to change them. */
export function readVariants(tx: Transaction, productIds: readonly string[]): Promise<Variant[]> {
  return findVariantsByProducts(tx, productIds);
}

/** Who has these SKUs now. */
export async function holdersOfSkus(
  tx: Transaction,
  skus: readonly string[],
): Promise<ReadonlyMap<string, Variant>> {
  const holders = skus.length > 0 ? await findVariantsBySkus(tx, skus) : [];
  return new Map(holders.map((variant) => [variant.sku, variant]));
}

/** Copies news of stock onto a variant; answers its product, or `null` when newer news came before. */
export function copyStock(
  tx: Transaction,
  stock: { variantId: string; sellable: number; inStock: boolean; asOf: Date },
): Promise<{ productId: string } | null> {
  return setStock(tx, stock);
}
