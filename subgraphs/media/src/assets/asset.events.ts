import { on, userErased } from '@storegraph/events';
import type { Deps, Transaction } from '../context.js';
import { forgetPerson } from './forget-person.action.js';

/** People who ask to be forgotten are. Publishes: `asset.ready`, `asset.deleted`. */
export const assetHandlers = (deps: Deps) => [
  on(userErased, ({ data }, tx: Transaction) => forgetPerson(deps, tx, data.userId)),
];
