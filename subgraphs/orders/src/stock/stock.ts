/** What one warehouse has of one variant. */
export type StockLevel = {
  readonly variantId: string;
  readonly warehouseId: string;
  readonly productId: string | null;
  readonly sku: string | null;
  /** On the shelf and promised to nobody. */
  readonly available: number;
  /** Held for checkouts that have yet to be paid. */
  readonly reserved: number;
  /** Paid for. */
  readonly sold: number;
  /** Promised, held or sold, without being on the shelf; 0 unless sold ahead of stock. */
  readonly backordered: number;
  readonly lowStockThreshold: number;
  readonly backorderable: boolean;
  readonly restockAt: Date | null;
  readonly updatedAt: Date;
  /** Of the warehouse. */
  readonly active: boolean;
  /** Of the warehouse: lowest serves first. */
  readonly priority: number;
};

/** How the counters of a level change; `available + reserved + sold - backordered` grows by what was put in. */
export type LevelChange = {
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
  readonly backordered: number;
};

/** What can be sold of a variant, over all active warehouses. */
export type Availability = {
  /** Negative when sold ahead of stock. */
  readonly sellable: number;
  readonly inStock: boolean;
  readonly lowStock: boolean;
  readonly backorderable: boolean;
  readonly restockAt: Date | null;
  readonly asOf: Date;
};

/** Why a level changed. The deltas of all kinds but SOLD sum to what can be sold of it. */
export enum StockMovementKind {
  IMPORTED = 'IMPORTED',
  ADJUSTED = 'ADJUSTED',
  TRANSFERRED = 'TRANSFERRED',
  RESERVED = 'RESERVED',
  RELEASED = 'RELEASED',
  SOLD = 'SOLD',
  RESTOCKED = 'RESTOCKED',
}

/** One entry of the book of stock, never changed. */
export type StockMovement = {
  readonly id: string;
  readonly variantId: string;
  readonly warehouseId: string;
  readonly kind: StockMovementKind;
  /** Units; negative when they left. */
  readonly delta: number;
  readonly reason: string | null;
  /** What caused it, such as an order's or a reservation's id. */
  readonly reference: string | null;
  readonly byId: string | null;
  readonly at: Date;
};

export type Demand = { readonly variantId: string; readonly quantity: number };

/** What is asked for of each variant, lines of one variant summed, in the order stock is locked. */
export function sumByVariant(lines: readonly Demand[]): Demand[] {
  const sums = new Map<string, number>();
  for (const { variantId, quantity } of lines) sums.set(variantId, (sums.get(variantId) ?? 0) + quantity);
  return [...sums]
    .map(([variantId, quantity]) => ({ variantId, quantity }))
    .sort((left, right) => (left.variantId < right.variantId ? -1 : 1));
}

/** What the levels of one variant amount to; levels of closed warehouses count for nothing. */
export function availabilityOf(levels: readonly StockLevel[], now: Date): Availability {
  const open = levels.filter((level) => level.active);
  const sellable = open.reduce((sum, level) => sum + level.available - level.backordered, 0);
  const backorderable = open.some((level) => level.backorderable);
  const restocks = open.flatMap(({ restockAt }) =>
    restockAt && restockAt > now ? [restockAt.getTime()] : [],
  );
  return {
    sellable,
    inStock: sellable > 0 || backorderable,
    lowStock: open.length > 0 && sellable <= Math.max(...open.map((level) => level.lowStockThreshold)),
    backorderable,
    restockAt: restocks.length > 0 ? new Date(Math.min(...restocks)) : null,
    asOf: now,
  };
}

/**
 * Which warehouses serve a demand: whole from the first that has enough, otherwise as much as possible from each in
 * turn, the rest ahead of stock where that is allowed. `null` when there is not enough.
 */
export function splitOverLevels(
  levels: readonly StockLevel[],
  quantity: number,
): { level: StockLevel; quantity: number }[] | null {
  const serving = levels
    .filter((level) => level.active)
    .sort((left, right) => left.priority - right.priority || (left.warehouseId < right.warehouseId ? -1 : 1));
  const whole = serving.find((level) => level.available >= quantity);
  if (whole) return [{ level: whole, quantity }];
  const parts = new Map<StockLevel, number>();
  let missing = quantity;
  for (const level of serving) {
    const taken = Math.min(level.available, missing);
    if (taken > 0) parts.set(level, taken);
    missing -= taken;
  }
  if (missing > 0) {
    const ahead = serving.find((level) => level.backorderable);
    if (!ahead) return null;
    parts.set(ahead, (parts.get(ahead) ?? 0) + missing);
  }
  return [...parts].map(([level, taken]) => ({ level, quantity: taken }));
}

/** Held for a checkout, ahead of stock when the shelf has too few. */
export function hold(level: StockLevel, quantity: number): LevelChange {
  const fromShelf = Math.min(level.available, quantity);
  return { available: -fromShelf, reserved: quantity, sold: 0, backordered: quantity - fromShelf };
}

/** No longer held. */
export function release(level: StockLevel, quantity: number): LevelChange {
  return { ...receive(level, quantity), reserved: -quantity };
}

/** Held no more but paid for. */
export function sell(quantity: number): LevelChange {
  return { available: 0, reserved: -quantity, sold: quantity, backordered: 0 };
}

/** Sold, and back. */
export function takeBack(level: StockLevel, quantity: number): LevelChange {
  return { ...receive(level, quantity), sold: -quantity };
}

/** Put in: what is owed is served first. */
export function receive(level: StockLevel, quantity: number): LevelChange {
  const owed = Math.min(level.backordered, quantity);
  return { available: quantity - owed, reserved: 0, sold: 0, backordered: -owed };
}

/** Taken out; `null` when the shelf has fewer. */
export function withdraw(level: StockLevel, quantity: number): LevelChange | null {
  if (level.available < quantity) return null;
  return { available: -quantity, reserved: 0, sold: 0, backordered: 0 };
}

/** Counted: so many are in the warehouse, those held for checkouts among them. */
export function countAs(level: StockLevel, onHand: number): LevelChange {
  const free = onHand - level.reserved;
  return {
    available: Math.max(0, free) - level.available,
    reserved: 0,
    sold: 0,
    backordered: Math.max(0, -free) - level.backordered,
  };
}

/** The level after a change. */
export function changed(level: StockLevel, change: LevelChange, now: Date): StockLevel {
  return {
    ...level,
    available: level.available + change.available,
    reserved: level.reserved + change.reserved,
    sold: level.sold + change.sold,
    backordered: level.backordered + change.backordered,
    updatedAt: now,
  };
}
