import type { Shop } from './open-shop.js';

/** What follows the work of others at its own pace, or counts the attempts themselves. */
const MOVING = new Set([
  'outbox_events',
  'inbox_events',
  'idempotency_keys',
  'login_throttles',
  'sessions',
  'refresh_tokens',
]);

/** How many rows each table of each domain has. */
export async function rowCounts(shop: Shop): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name, pool } of shop.domains.all) {
    const { rows: tables } = await pool.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    );
    for (const table of tables.filter((one) => !MOVING.has(one.name))) {
      const { rows } = await pool.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM "${table.name}"`,
      );
      counts[`${name}.${table.name}`] = rows[0]?.count ?? 0;
    }
  }
  return counts;
}
