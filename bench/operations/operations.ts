import type { Operation, OperationName } from './operation.js';
import { detail } from './detail.js';
import { list } from './list.js';

export const OPERATIONS: Readonly<Record<OperationName, Operation>> = { list, detail };
