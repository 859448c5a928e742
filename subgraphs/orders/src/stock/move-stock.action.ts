import { publish } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import type { Transaction } from '../context.js';
import { announcements } from './stock-announcements.js';
import { changed, type LevelChange, type StockLevel, type StockMovementKind } from './stock.js';
import { writeMoves, type MovesHold } from './stock.store.js';

/** One change of one level, and what the book says about it. */
export type StockMove = {
  readonly level: StockLevel;
  readonly change: LevelChange;
  readonly kind: StockMovementKind;
  /** Units; negative when they left. */
  readonly delta: number;
};

/** What all moves of one occasion have in common. */
export type Occasion = {
  readonly reason?: string | null;
  readonly reference?: string | null;
  readonly byId?: string | null;
  /** The new reservation that keeps what is moved, if a checkout does. */
  readonly hold?: MovesHold | null;
  readonly now: Date;
};

/**
 * Changes levels, writes the book of stock, and announces to other domains what can be sold from now on: all of it
 * in the caller's transaction, or none.
 *
 * @param locked every level of the variants that move, locked; at most one move for each
 * @returns the levels as they are now
 */
export async function moveStock(
  tx: Transaction,
  { locked, moves }: { locked: readonly StockLevel[]; moves: readonly StockMove[] },
  occasion: Occasion,
): Promise<StockLevel[]> {
  const { now, reason = null, reference = null, byId = null, hold = null } = occasion;
  if (moves.length === 0) return [...locked];
  const written = moves.map(({ level: { variantId, warehouseId }, change, kind, delta }) => ({
    variantId,
    warehouseId,
    change,
    movement: { id: newId('stockMovement'), kind, delta, reason, reference, byId, at: now },
  }));
  await writeMoves(tx, { moves: written, hold }, now);
  const changes = new Map(moves.map(({ level, change }) => [level, change]));
  const after = locked.map((level) => {
    const change = changes.get(level);
    return change ? changed(level, change, now) : level;
  });
  await publish(tx, ...announcements(locked, after, now));
  return after;
}
