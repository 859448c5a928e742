import { on, userErased } from '@storegraph/events';
import type { Transaction } from '../context.js';
import { forgetCartsOf } from './forget-carts.action.js';

/** Who asked to be forgotten leaves no cart behind. Publishes nothing: a cart is its holder's own business. */
export const cartHandlers = [on(userErased, ({ data }, tx: Transaction) => forgetCartsOf(tx, data.userId))];
