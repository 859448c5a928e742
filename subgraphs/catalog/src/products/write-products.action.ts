import type { Transaction } from '../context.js';
import { readOptions, writeOptions } from '../options/write-options.action.js';
import { readVariants, writeVariants } from '../variants/write-variants.action.js';
import { summarise, type ProductAggregate, type ProductChange } from './product-record.js';
import { findHoldersOfSlugs, findProductsBySource, lockProducts } from './product.store.js';
import { upsertProducts } from './product-writing.store.js';

/** Writes products with their options and variants, however many, in at most six statements. Publishes nothing. */
export async function writeProducts(tx: Transaction, changes: readonly ProductChange[]): Promise<void> {
  await upsertProducts(
    tx,
    changes.map((change) => ({ ...change.record, ...summarise(change), ...change.copies })),
  );
  await writeOptions(
    tx,
    changes.map(({ options }) => options),
  );
  await writeVariants(
    tx,
    changes.flatMap(({ variants }) => variants),
  );
}

/** Locks products until the transaction ends and answers them with all that belongs to them. */
export async function lockAggregates(tx: Transaction, ids: readonly string[]): Promise<ProductAggregate[]> {
  if (ids.length === 0) return [];
  const records = await lockProducts(tx, ids);
  const options = await readOptions(tx, ids);
  const variants = await readVariants(tx, ids);
  return records.map((record) => ({
    record,
    options: options.filter(({ productId }) => productId === record.id),
    variants: variants.filter(({ productId }) => productId === record.id),
  }));
}

/** Which products the handles of an import became before. */
export function productsOfSource(
  tx: Transaction,
  source: { name: string; sellerId: string | null; handles: readonly string[] },
): Promise<{ id: string; handle: string; hash: string | null }[]> {
  return findProductsBySource(tx, source);
}

/** Which product has each of these slugs now. */
export async function holdersOfSlugs(
  tx: Transaction,
  slugs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return new Map((await findHoldersOfSlugs(tx, slugs)).map(({ slug, id }) => [slug, id]));
}
