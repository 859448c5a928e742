import type { Shop } from './open-shop.js';

/** What follows the work of others at its own pace, or counts the attempts themselves. */
const MOVING = [
  'outbox_events',
  'inbox_events',
  'idempotency_keys',
  'login_throttles',
  'sessions',
  'refresh_tokens',
];

/** One row for each table: its name, and an XML answer with how many rows it has (PostgreSQL, "Producing XML Content"). */
const COUNT = `
  SELECT table_name AS name, (xpath('/row/count/text()',
    query_to_xml(format('SELECT count(*) FROM %I', table_name), false, true, '')))[1]::text::int AS count
  FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> ALL ($1)`;

/** How many rows each table of each domain has. */
export async function rowCounts(shop: Shop): Promise<Record<string, number>> {
  const counts = await Promise.all(
    shop.domains.all.map(async ({ name: domain, pool }) => {
      const { rows } = await pool.query<{ name: string; count: number }>(COUNT, [MOVING]);
      return rows.map(({ name, count }) => [`${domain}.${name}`, count] as const);
    }),
  );
  return Object.fromEntries(counts.flat());
}
