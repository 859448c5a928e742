import type { Database } from '@storegraph/catalog-db';
import type { PriceRow } from './price.js';

export type { Database } from '@storegraph/catalog-db';

export function findPricesByVariants(db: Database, variantIds: readonly string[]): Promise<PriceRow[]> {
  return db.variantPrice.findMany({ where: { variantId: { in: [...variantIds] } } });
}

/** Makes these the variant's prices beside its own; whatever it had before is gone. */
export async function replacePrices(
  db: Database,
  variantId: string,
  rows: readonly PriceRow[],
): Promise<void> {
  await db.variantPrice.deleteMany({ where: { variantId } });
  if (rows.length > 0) await db.variantPrice.createMany({ data: [...rows] });
}

export async function insertPrices(db: Database, rows: readonly PriceRow[]): Promise<void> {
  if (rows.length > 0) await db.variantPrice.createMany({ data: [...rows], skipDuplicates: true });
}
