import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';

/** Each connection keeps what it has prepared, at some ten kilobytes a statement. */
const PREPARED_STATEMENTS = 400;

/**
 * Let a Prisma client run on an existing pool, so that Prisma and raw SQL share its connections, its limits
 * and its statement count. `prisma.$disconnect()` leaves the pool open: whoever opened the pool ends it.
 *
 * Statements are prepared under a name, so that PostgreSQL parses and plans each of them once a connection rather
 * than once a request. A pooler between the two that shares connections among transactions has to know prepared
 * statements (PgBouncer from 1.21).
 */
export function createPrismaAdapter(pool: Pool): PrismaPg {
  return new PrismaPg(pool, {
    disposeExternalPool: false,
    statementNameGenerator: nameStatements(),
  });
}

/** Names statements by their text; those that come after the first few hundred, put together freely, stay unnamed. */
function nameStatements(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= PREPARED_STATEMENTS) return '';
    const name = `prisma_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
