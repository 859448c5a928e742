import type { Page } from '@storegraph/connection';
import { Prisma, type Database } from '@storegraph/orders-db';
import type { PaymentStatus } from '../payments/payment.js';
import type { Address } from '../shipping/address.js';
import type { OrderFacts, OrderStatus } from './order-lifecycle.js';
import type {
  Order,
  OrderDiscount,
  OrderedCustomization,
  OrderEvent,
  OrderLine,
  OrderTaxLine,
} from './order.js';

export type { Database } from '@storegraph/orders-db';

type Row = Omit<Order, 'status' | 'paymentStatus' | 'shippingAddress' | 'billingAddress'> & {
  status: string;
  paymentStatus: string;
  shippingAddress: unknown;
  billingAddress: unknown;
};

const toOrder = (row: Row): Order => ({
  ...row,
  status: row.status as OrderStatus,
  paymentStatus: row.paymentStatus as PaymentStatus,
  shippingAddress: row.shippingAddress as Address,
  billingAddress: row.billingAddress as Address | null,
});

const COLUMNS = Prisma.sql`id, number, customer_id AS "customerId", email, guest_token_hash AS "guestTokenHash",
  status::text AS status, payment_status::text AS "paymentStatus", currency, subtotal_minor AS "subtotalMinor",
  discount_minor AS "discountMinor", shipping_minor AS "shippingMinor", tax_minor AS "taxMinor",
  total_minor AS "totalMinor", tax_mode AS "taxMode", rounding_mode AS "roundingMode",
  shipping_address AS "shippingAddress", billing_address AS "billingAddress", shipping_method AS "shippingMethod",
  notes, cart_id AS "cartId", reservation_id AS "reservationId", version, placed_at AS "placedAt",
  updated_at AS "updatedAt"`;

export async function findOrdersByIds(db: Database, ids: readonly string[]): Promise<Order[]> {
  return (await db.$queryRaw<Row[]>`SELECT ${COLUMNS} FROM orders WHERE id = ANY (${[...ids]}::text[])`).map(
    toOrder,
  );
}

export async function findOrdersByNumbers(db: Database, numbers: readonly string[]): Promise<Order[]> {
  return (
    await db.$queryRaw<Row[]>`SELECT ${COLUMNS} FROM orders WHERE number = ANY (${[...numbers]}::text[])`
  ).map(toOrder);
}

/** Which carts have become which orders. */
export async function findOrdersOfCarts(
  db: Database,
  cartIds: readonly string[],
): Promise<Pick<Order, 'id' | 'cartId'>[]> {
  return db.order.findMany({ where: { cartId: { in: [...cartIds] } }, select: { id: true, cartId: true } });
}

/** The order, kept from changing until the transaction ends: whoever changes an order takes turns here. */
export async function lockOrder(db: Database, id: string): Promise<Order | null> {
  const [row] = await db.$queryRaw<Row[]>`SELECT ${COLUMNS} FROM orders WHERE id = ${id} FOR UPDATE`;
  return row ? toOrder(row) : null;
}

/** The next number of the shop's order counter; numbers of orders that fail stay unused. */
export async function nextOrderCounter(db: Database): Promise<bigint> {
  const [row] = await db.$queryRaw<{ counter: bigint }[]>`SELECT nextval('order_numbers') AS counter`;
  if (!row) throw new Error('the order counter did not answer');
  return row.counter;
}

export type NewOrder = {
  readonly order: Order;
  readonly lines: readonly OrderLine[];
  readonly taxLines: readonly Omit<OrderTaxLine, 'orderId'>[];
  readonly discounts: readonly Omit<OrderDiscount, 'orderId'>[];
  readonly events: readonly Omit<OrderEvent, 'orderId'>[];
};

/** Writes whole orders, with their lines and histories. */
export async function insertOrders(db: Database, orders: readonly NewOrder[]): Promise<void> {
  const owned = <Part>(parts: (given: NewOrder) => readonly Part[]) =>
    orders.flatMap((given) => parts(given).map((part) => ({ ...part, orderId: given.order.id })));
  const [lines, taxLines] = [owned((given) => given.lines), owned((given) => given.taxLines)];
  const [discounts, events] = [owned((given) => given.discounts), owned((given) => given.events)];
  await db.order.createMany({
    data: orders.map(({ order: { shippingAddress, billingAddress, ...order } }) => ({
      ...order,
      shippingAddress,
      billingAddress: billingAddress ?? Prisma.DbNull,
    })),
  });
  await db.orderLine.createMany({
    data: lines.map((line) => ({ ...line, customizations: line.customizations.map(toStored) })),
  });
  if (taxLines.length > 0) await db.orderTaxLine.createMany({ data: taxLines });
  if (discounts.length > 0) await db.orderDiscount.createMany({ data: discounts });
  await db.orderEvent.createMany({ data: events });
}

type StoredCustomization = Omit<OrderedCustomization, 'priceAdjustmentMinor'> & {
  priceAdjustmentMinor: string;
};

const toStored = (chosen: OrderedCustomization): StoredCustomization => ({
  ...chosen,
  priceAdjustmentMinor: chosen.priceAdjustmentMinor.toString(),
});

export async function findLinesByOrders(db: Database, orderIds: readonly string[]): Promise<OrderLine[]> {
  const rows = await db.orderLine.findMany({
    where: { orderId: { in: [...orderIds] } },
    orderBy: [{ orderId: 'asc' }, { position: 'asc' }],
  });
  return rows.map((row) => ({
    ...row,
    customizations: (row.customizations as StoredCustomization[]).map((chosen) => ({
      ...chosen,
      priceAdjustmentMinor: BigInt(chosen.priceAdjustmentMinor),
    })),
  }));
}

export async function findTaxLinesByOrders(
  db: Database,
  orderIds: readonly string[],
): Promise<OrderTaxLine[]> {
  return db.orderTaxLine.findMany({
    where: { orderId: { in: [...orderIds] } },
    orderBy: [{ orderId: 'asc' }, { position: 'asc' }],
  });
}

export async function findDiscountsByOrders(
  db: Database,
  orderIds: readonly string[],
): Promise<OrderDiscount[]> {
  return db.orderDiscount.findMany({
    where: { orderId: { in: [...orderIds] } },
    orderBy: [{ orderId: 'asc' }, { position: 'asc' }],
  });
}

/** The histories of orders, or what came after a sequence; in order. */
export async function findEventsByOrders(
  db: Database,
  orderIds: readonly string[],
  afterSequence = 0,
): Promise<OrderEvent[]> {
  const rows = await db.orderEvent.findMany({
    where: { orderId: { in: [...orderIds] }, sequence: { gt: afterSequence } },
    orderBy: [{ orderId: 'asc' }, { sequence: 'asc' }],
  });
  return rows.map((row) => ({ ...row, status: row.status as OrderStatus }));
}

/** What the guards of the lifecycle look at, of a locked order. */
export async function findFacts(
  db: Database,
  order: Pick<Order, 'id'>,
): Promise<Omit<OrderFacts, 'status' | 'totalMinor'>> {
  const [facts] = await db.$queryRaw<Omit<OrderFacts, 'status' | 'totalMinor'>[]>`
    SELECT
      (SELECT coalesce(sum(captured_minor), 0)::bigint FROM payments WHERE order_id = ${order.id}) AS "capturedMinor",
      (SELECT coalesce(sum(amount_minor), 0)::bigint FROM refunds
        WHERE order_id = ${order.id} AND status = 'SUCCEEDED') AS "refundedMinor",
      coalesce(sum(quantity) FILTER (WHERE requires_shipping), 0)::int AS "shippableQuantity",
      coalesce(sum(shipped_quantity), 0)::int AS "shippedQuantity",
      (SELECT coalesce(bool_and(status = 'DELIVERED'), false) FROM shipments
        WHERE order_id = ${order.id}) AS "isEverythingDelivered"
    FROM order_lines WHERE order_id = ${order.id}`;
  if (!facts) throw new Error(`order ${order.id} has no facts`);
  return facts;
}

/** Moves a locked order and writes its history; answers the sequence of the entry. */
export async function writeMove(
  db: Database,
  move: Omit<OrderEvent, 'sequence'> & { paymentStatus: PaymentStatus },
): Promise<number> {
  const { id, orderId, status, paymentStatus, notes, byId, at } = move;
  const [row] = await db.$queryRaw<{ sequence: number }[]>`
    WITH moved AS (
      UPDATE orders SET status = ${status}::order_status, payment_status = ${paymentStatus}::payment_status,
        version = version + 1, updated_at = ${at}
      WHERE id = ${orderId}
    )
    INSERT INTO order_events (id, order_id, sequence, status, notes, by_id, at)
    SELECT ${id}, ${orderId}, coalesce(max(sequence), 0) + 1, ${status}::order_status, ${notes}, ${byId}, ${at}
    FROM order_events WHERE order_id = ${orderId}
    RETURNING sequence`;
  if (!row) throw new Error(`order ${orderId} could not be moved`);
  return row.sequence;
}

export async function updatePaymentStatus(
  db: Database,
  orderId: string,
  change: { paymentStatus: PaymentStatus; updatedAt: Date },
): Promise<void> {
  await db.order.update({ where: { id: orderId }, data: { ...change, version: { increment: 1 } } });
}

/** Names the stock an order holds now. */
export async function updateReservationOf(
  db: Database,
  orderId: string,
  reservationId: string,
): Promise<void> {
  await db.order.update({ where: { id: orderId }, data: { reservationId } });
}

/** Adds to what left, or came back, of lines. */
export async function addToLines(
  db: Database,
  change: 'shippedQuantity' | 'refundedQuantity',
  lines: readonly { orderLineId: string; quantity: number }[],
): Promise<void> {
  const column = change === 'shippedQuantity' ? Prisma.sql`shipped_quantity` : Prisma.sql`refunded_quantity`;
  await db.$executeRaw`
    UPDATE order_lines AS line SET ${column} = line.${column} + given.quantity
    FROM unnest(${lines.map(({ orderLineId }) => orderLineId)}::text[],
      ${lines.map(({ quantity }) => quantity)}::int[]) AS given (id, quantity)
    WHERE line.id = given.id`;
}

export type OrderSearch = {
  readonly status: OrderStatus | null;
  /** Part of a number, or of an e-mail address. */
  readonly text: string | null;
  readonly page: Page;
};

const after = ({ page }: Pick<OrderSearch, 'page'>): Prisma.Sql =>
  page.after
    ? Prisma.sql`AND (placed_at, id) < (${new Date(String(page.after[0]))}, ${page.after[1]})`
    : Prisma.empty;

const matching = ({ status, text }: Omit<OrderSearch, 'page'>): Prisma.Sql => Prisma.sql`archived_at IS NULL
  ${status ? Prisma.sql`AND status = ${status}::order_status` : Prisma.empty}
  ${text ? Prisma.sql`AND (number ILIKE ${`%${text}%`} OR email ILIKE ${`%${text}%`})` : Prisma.empty}`;

/** Newest first, one more than the page. */
export async function findOrders(db: Database, search: OrderSearch): Promise<Order[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${COLUMNS} FROM orders WHERE ${matching(search)} ${after(search)}
    ORDER BY placed_at DESC, id DESC LIMIT ${search.page.first + 1}`;
  return rows.map(toOrder);
}

export async function countOrders(db: Database, search: Omit<OrderSearch, 'page'>): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM orders WHERE ${matching(search)}`;
  return row?.count ?? 0;
}

/** One page per customer, all customers in one statement. */
export async function findOrdersByCustomers(
  db: Database,
  customerIds: readonly string[],
  page: Page,
): Promise<Order[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT page.* FROM unnest(${[...customerIds]}::text[]) AS wanted (customer_id)
    CROSS JOIN LATERAL (
      SELECT ${COLUMNS} FROM orders
      WHERE customer_id = wanted.customer_id AND archived_at IS NULL ${after({ page })}
      ORDER BY placed_at DESC, id DESC LIMIT ${page.first + 1}
    ) AS page`;
  return rows.map(toOrder);
}

export async function countOrdersByCustomers(
  db: Database,
  customerIds: readonly string[],
): Promise<{ customerId: string; count: number }[]> {
  const groups = await db.order.groupBy({
    by: ['customerId'],
    where: { customerId: { in: [...customerIds] }, archivedAt: null },
    _count: true,
  });
  return groups.map((group) => ({ customerId: group.customerId ?? '', count: group._count }));
}

/** Orders nobody has paid for since the given time, oldest first. */
export async function findUnpaidOrders(db: Database, placedBefore: Date, most: number): Promise<string[]> {
  const rows = await db.order.findMany({
    where: { status: { in: ['PENDING', 'AWAITING_PAYMENT'] }, placedAt: { lt: placedBefore } },
    orderBy: { placedAt: 'asc' },
    take: most,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
