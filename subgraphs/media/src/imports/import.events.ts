import { imageRecorded, on } from '@storegraph/events';
import type { Deps, Transaction } from '../context.js';
import { recordImages } from './record-images.action.js';

/** Imports tell where pictures of products lie. Publishes: `asset.ready`, `product_media.set`. */
export const importHandlers = (deps: Deps) => [
  on(imageRecorded, ({ data }, tx: Transaction) => recordImages(deps, tx, data)),
];
