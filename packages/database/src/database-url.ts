import { DatabaseUrlInvalid } from './errors.js';

/** PostgreSQL cuts longer identifiers short without an error (NAMEDATALEN - 1). */
const LONGEST_NAME_BYTES = 63;

/**
 * The URL of one domain's database on the server of `baseUrl`: database `<db>_<domain>`, everything else
 * (user, password, host, port, query string) kept.
 *
 * @example databaseUrl('postgres://shop@db.internal/storegraph?sslmode=require', 'orders')
 *          // 'postgres://shop@db.internal/storegraph_orders?sslmode=require'
 * @throws DatabaseUrlInvalid when `baseUrl` is no PostgreSQL URL with a database, or the name gets over 63 bytes
 */
export function databaseUrl(baseUrl: string, domain: string): string {
  const url = parseDatabaseUrl(baseUrl);
  return withDatabase(url, `${databaseName(url)}_${domain.replaceAll('-', '_')}`);
}

/** @throws DatabaseUrlInvalid; the message never repeats the URL, which may hold a password */
export function parseDatabaseUrl(text: string): URL {
  if (!URL.canParse(text) || !/^postgres(ql)?:/.test(text)) {
    throw new DatabaseUrlInvalid('DATABASE_URL must look like postgres://user:password@host:5432/database.');
  }
  return new URL(text);
}

/** The database a URL names, decoded. */
export function databaseName(url: URL): string {
  const name = decodeURIComponent(url.pathname.slice(1));
  if (name === '' || name.includes('/')) {
    throw new DatabaseUrlInvalid(
      'DATABASE_URL must name one database: postgres://user:password@host:5432/database.',
    );
  }
  return name;
}

/** The same URL with another database. */
export function withDatabase(url: URL, name: string): string {
  if (Buffer.byteLength(name) > LONGEST_NAME_BYTES) {
    throw new DatabaseUrlInvalid(
      `The database name "${name}" is longer than PostgreSQL's ${LONGEST_NAME_BYTES} bytes.`,
    );
  }
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}
