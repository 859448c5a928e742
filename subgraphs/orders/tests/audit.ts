import type { PaymentSandbox } from '@storegraph/payment-sandbox';

type Queryable = { query(text: string): Promise<{ rows: unknown[] }> };

/** Each names what would be wrong, and finds it. */
const WRONGS: Record<string, string> = {
  'stock that is not what was put in': `SELECT level.variant_id FROM stock_levels AS level
    WHERE available + reserved + sold - backordered <> (SELECT coalesce(sum(delta), 0) FROM stock_movements AS movement
      WHERE movement.variant_id = level.variant_id AND kind IN ('IMPORTED', 'ADJUSTED', 'TRANSFERRED'))`,
  'reserved units nobody holds': `SELECT level.variant_id FROM stock_levels AS level
    WHERE reserved <> (SELECT coalesce(sum(line.quantity), 0) FROM reservation_lines AS line
      JOIN reservations ON reservations.id = line.reservation_id AND status = 'HELD'
      WHERE line.variant_id = level.variant_id AND line.warehouse_id = level.warehouse_id)`,
  'sold units nobody bought': `SELECT level.variant_id FROM stock_levels AS level
    WHERE sold <> (SELECT coalesce(sum(line.quantity - line.restocked), 0) FROM reservation_lines AS line
      JOIN reservations ON reservations.id = line.reservation_id AND status = 'COMMITTED'
      WHERE line.variant_id = level.variant_id AND line.warehouse_id = level.warehouse_id)`,
  'a paid order without exactly one captured payment': `SELECT id FROM orders WHERE total_minor > 0
    AND status NOT IN ('PENDING', 'AWAITING_PAYMENT', 'CANCELLED')
    AND (SELECT count(*) FROM payments WHERE order_id = orders.id AND captured_minor = total_minor
      AND NOT EXISTS (SELECT FROM refunds WHERE payment_id = payments.id AND idempotency_key LIKE 'give-back:%')) <> 1`,
  'an unpaid order with money': `SELECT id FROM orders WHERE status IN ('PENDING', 'AWAITING_PAYMENT')
    AND EXISTS (SELECT FROM payments WHERE order_id = orders.id AND captured_minor > refunded_minor)`,
  'a cancelled order with money': `SELECT id FROM orders WHERE status = 'CANCELLED'
    AND EXISTS (SELECT FROM payments WHERE order_id = orders.id AND captured_minor > refunded_minor)`,
  'a history with gaps': `SELECT order_id FROM order_events GROUP BY order_id HAVING max(sequence) <> count(*)`,
  'a history that ends elsewhere': `SELECT id FROM orders WHERE status <> (SELECT status FROM order_events
    WHERE order_id = orders.id ORDER BY sequence DESC LIMIT 1)`,
  'coupon uses that do not add up': `SELECT id FROM coupons WHERE used <>
    (SELECT count(*) FROM coupon_redemptions WHERE coupon_id = coupons.id)`,
  'an order whose parts are not its total': `SELECT id FROM orders WHERE total_minor <>
    subtotal_minor - discount_minor + shipping_minor + CASE tax_mode WHEN 'ADDED' THEN tax_minor ELSE 0 END`,
};

/** Fails unless the books of the shop add up, and agree with those of the provider. */
export async function audit(pool: Queryable, sandbox: PaymentSandbox): Promise<void> {
  const wrong: string[] = [];
  for (const [name, query] of Object.entries(WRONGS))
    if ((await pool.query(query)).rows.length > 0) wrong.push(name);
  const sums = `SELECT count(*) FILTER (WHERE captured_minor > 0)::int AS paid, coalesce(sum(captured_minor), 0)::int
    AS captured, coalesce(sum(refunded_minor), 0)::int AS refunded FROM payments`;
  const [ours] = (await pool.query(sums)).rows as { paid: number; captured: number; refunded: number }[];
  const [theirs = { succeeded: 0, receivedMinor: 0, refundedMinor: 0 }] = sandbox.books.totals();
  if (
    ours?.paid !== theirs.succeeded ||
    ours.captured !== theirs.receivedMinor ||
    ours.refunded !== theirs.refundedMinor
  )
    wrong.push(`books that differ: ours ${JSON.stringify(ours)}, the provider's ${JSON.stringify(theirs)}`);
  if (wrong.length > 0) throw new Error(`The audit found ${wrong.join('; ')}`);
}
