import type { Transaction } from '../context.js';
import type { MergedOptions, Option } from './option.js';
import { deleteOptions, findOptionsByProducts, upsertOptions } from './option.store.js';

/** Writes the options of many products at once; the products exist already. */
export async function writeOptions(tx: Transaction, merged: readonly MergedOptions[]): Promise<void> {
  await deleteOptions(tx, {
    optionIds: merged.flatMap(({ removedOptionIds }) => removedOptionIds),
    valueIds: merged.flatMap(({ removedValueIds }) => removedValueIds),
  });
  await upsertOptions(
    tx,
    merged.flatMap(({ options }) => options),
  );
}

/** The options of products within a transaction that is about to change them. */
export function readOptions(tx: Transaction, productIds: readonly string[]): Promise<Option[]> {
  return findOptionsByProducts(tx, productIds);
}
