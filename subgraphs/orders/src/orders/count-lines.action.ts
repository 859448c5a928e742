import type { Transaction } from '../context.js';
import { addToLines } from './order.store.js';

type Counted = readonly { readonly orderLineId: string; readonly quantity: number }[];

/** Counts units of lines as given back, or, negative, as not given back after all. */
export async function countReturned(tx: Transaction, lines: Counted): Promise<void> {
  if (lines.length > 0) await addToLines(tx, 'refundedQuantity', lines);
}

/** Counts units of lines as sent. */
export async function countShipped(tx: Transaction, lines: Counted): Promise<void> {
  if (lines.length > 0) await addToLines(tx, 'shippedQuantity', lines);
}
