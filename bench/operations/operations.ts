import { cart } from './cart.js';
import { checkout } from './checkout.js';
import { detail } from './detail.js';
import { list } from './list.js';
import type { Operation, OperationName } from './operation.js';

export const OPERATIONS: Readonly<Record<OperationName, Operation>> = { list, detail, cart, checkout };
