import { on, productDeleted, productSaved } from '@storegraph/events';
import type { Deps, Transaction } from '../context.js';
import { forgetProduct, learnProduct } from './learn-product.action.js';

/** Saved products tell who may change their galleries. Publishes: `product_media.set`. */
export const galleryHandlers = ({ now }: Deps) => [
  on(productSaved, ({ data }, tx: Transaction) => learnProduct(tx, data)),
  on(productDeleted, ({ data }, tx: Transaction) =>
    forgetProduct(tx, { productId: data.productId, now: now() }),
  ),
];
