import type { Page } from '@storegraph/connection';
import { isStaff, type Viewer } from '@storegraph/identity';
import { loadByArguments, loadMany, loadOne } from '@storegraph/subgraph-server';
import { isParty, type Order, type Reader } from './order.js';
import {
  countOrdersByCustomers,
  findDiscountsByOrders,
  findEventsByOrders,
  findLinesByOrders,
  findOrdersByCustomers,
  findOrdersByIds,
  findOrdersByNumbers,
  findTaxLinesByOrders,
  type Database,
} from './order.store.js';

export function createOrderLoaders(db: Database, viewer: Viewer) {
  const anyOrder = loadOne(
    (ids) => findOrdersByIds(db, ids),
    (order) => order.id,
  );
  const anyOrderByNumber = loadOne(
    (numbers) => findOrdersByNumbers(db, numbers),
    (order) => order.number,
  );
  const reader = readerOf(viewer);
  const visible = (order: Order | null) => (order && mayRead(order, reader) ? order : null);
  return {
    /** Any order, for policies and for those who have passed one. */
    anyOrder,
    anyOrderByNumber,
    /** An order the viewer may read without showing a secret. */
    order: { load: async (id: string) => visible(await anyOrder.load(id)) },
    orderByNumber: { load: async (number: string) => visible(await anyOrderByNumber.load(number)) },
    linesOfOrder: loadMany(
      (ids) => findLinesByOrders(db, ids),
      ({ orderId }) => orderId,
    ),
    taxLinesOfOrder: loadMany(
      (ids) => findTaxLinesByOrders(db, ids),
      ({ orderId }) => orderId,
    ),
    discountsOfOrder: loadMany(
      (ids) => findDiscountsByOrders(db, ids),
      ({ orderId }) => orderId,
    ),
    eventsOfOrder: loadMany(
      (ids) => findEventsByOrders(db, ids),
      ({ orderId }) => orderId,
    ),
    ordersOfCustomer: loadByArguments((page: Page) =>
      loadMany(
        (ids) => findOrdersByCustomers(db, ids, page),
        ({ customerId }) => customerId ?? '',
      ),
    ),
    orderCountOfCustomer: loadOne(
      (ids) => countOrdersByCustomers(db, ids),
      ({ customerId }) => customerId,
    ),
  };
}

/** Who the viewer is to an order. */
export function readerOf(viewer: Viewer, guestTokenHash: string | null = null): Reader {
  if (viewer.kind !== 'user') return { userId: null, isStaff: false, guestTokenHash };
  return { userId: viewer.id, isStaff: isStaff(viewer.role), guestTokenHash };
}

function mayRead(order: Order, reader: Reader): boolean {
  return reader.isStaff || isParty(order, reader);
}
