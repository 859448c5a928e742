import { newId } from '@storegraph/ids';

/** A place stock is kept in. */
export type Warehouse = {
  readonly id: string;
  /** What staff call it, in capital letters: `BER-1`. */
  readonly code: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Orders are served from the lowest number first. */
  readonly priority: number;
  /** Whether what it holds can be sold. */
  readonly active: boolean;
  /** Whether imports count their stock here; true of one warehouse. */
  readonly isDefault: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** The warehouse a shop starts with, until staff name others. */
export const FIRST_WAREHOUSE = {
  code: 'MAIN',
  name: 'Main warehouse',
  country: 'US',
  priority: 100,
  active: true,
  isDefault: true,
};

/** A warehouse that has just been opened. */
export function newWarehouse(
  fields: Omit<Warehouse, 'id' | 'version' | 'createdAt' | 'updatedAt'>,
  now: Date,
): Warehouse {
  return { ...fields, id: newId('warehouse'), version: 1, createdAt: now, updatedAt: now };
}
