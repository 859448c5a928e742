import type { Page } from '@storegraph/connection';
import type { Deps, Transaction } from '../context.js';
import type { Order } from './order.js';
import {
  countOrders,
  findOrders,
  findOrdersByIds,
  findUnpaidOrders,
  type OrderSearch,
} from './order.store.js';

/** One order, whoever asks: for the domain's own work, where nobody's rights are in question. */
export async function findOrderById(tx: Transaction, id: string): Promise<Order | null> {
  return (await findOrdersByIds(tx, [id]))[0] ?? null;
}

/** Orders nobody has paid for since the given time, oldest first. */
export function findUnpaid({ prisma }: Deps, placedBefore: Date, most: number): Promise<string[]> {
  return findUnpaidOrders(prisma, placedBefore, most);
}

/** A list of orders, newest first, for those who may see all of them. */
export function listOrders({ prisma }: Deps, search: Omit<OrderSearch, 'page'>) {
  return {
    page: (page: Page): Promise<Order[]> => findOrders(prisma, { ...search, page }),
    count: (): Promise<number> => countOrders(prisma, search),
  };
}
