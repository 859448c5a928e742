import { canCancel } from './order-lifecycle.js'; // no-cycles

export const isOpen = (): boolean => canCancel();
