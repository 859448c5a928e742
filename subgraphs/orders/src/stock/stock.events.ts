import { inventoryImported, on, productSaved } from '@storegraph/events';
import type { Transaction } from '../context.js';
import { importStock, learnVariants } from './import-stock.action.js';

/**
 * Imports count the stock, saved products tell what the counted variants belong to. Publishes: `stock.changed`
 * whenever more or less of a variant can be sold, `stock.low` when it falls to its threshold.
 */
export const stockHandlers = [
  on(inventoryImported, ({ id, data, occurredAt }, tx: Transaction) =>
    importStock(tx, {
      rows: data.rows.map(({ policy, ...row }) => ({ ...row, backorderable: policy === 'continue' })),
      reference: id,
      now: new Date(occurredAt),
    }),
  ),
  on(productSaved, ({ data, occurredAt }, tx: Transaction) =>
    learnVariants(tx, {
      productId: data.productId,
      variants: data.variants,
      now: new Date(occurredAt),
    }),
  ),
];
