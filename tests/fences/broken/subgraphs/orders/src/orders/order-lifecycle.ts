import { isOpen } from './order.js';

export const canCancel = (): boolean => isOpen();
