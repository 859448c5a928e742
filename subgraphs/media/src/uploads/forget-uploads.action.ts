import type { Transaction } from '../context.js';
import { deleteUploadsOf } from './upload.store.js';

/** Forgets what a person announced or sent; answers the content that was held for it. */
export function forgetUploads(tx: Transaction, ownerId: string): Promise<string[]> {
  return deleteUploadsOf(tx, ownerId);
}
