import { GraphQLError } from 'graphql';

/** What a cursor remembers: the sort key of the last row seen, tie-breaker last. */
export type CursorKey = readonly (string | number | boolean | null)[];

/**
 * What a part of a list's key is: `integer` fits PostgreSQL's `integer`, `time` is a moment as `Date.toISOString`
 * writes it.
 */
export type CursorPart = 'text' | 'integer' | 'number' | 'boolean' | 'time';

const LARGEST_INTEGER = 2_147_483_647;
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

const FITS: Readonly<Record<CursorPart, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value) && Math.abs(value as number) <= LARGEST_INTEGER,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  time: (value) => typeof value === 'string' && ISO_TIME.test(value) && !Number.isNaN(Date.parse(value)),
};

/** An opaque cursor for a keyset position. */
export function encodeCursor(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The keyset position a cursor stands for. A cursor is the client's to forge: what passes here may be compared with
 * the list's columns without PostgreSQL objecting, provided the parts are named.
 *
 * @param parts what this list's key is made of, or only of how many parts; a cursor of another list is refused
 * @throws {GraphQLError} `BAD_USER_INPUT` for text that is no cursor of this list
 */
export function decodeCursor(cursor: string, parts: number | readonly CursorPart[]): CursorKey {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (isKey(key, parts)) return key;
  } catch {
    // Not JSON: answered below like any other text that is no cursor.
  }
  throw new GraphQLError('"after" is not a cursor of this list', {
    extensions: { code: 'BAD_USER_INPUT', field: 'after' },
  });
}

function isKey(key: unknown, parts: number | readonly CursorPart[]): key is CursorKey {
  if (!Array.isArray(key) || !key.every(isPart)) return false;
  if (typeof parts === 'number') return key.length === parts;
  return key.length === parts.length && parts.every((part, place) => FITS[part](key[place]));
}

/** PostgreSQL's text holds no NUL, and `1e999` is JSON for infinity. */
function isPart(value: unknown): value is CursorKey[number] {
  if (typeof value === 'string') return !value.includes('\0');
  return (
    value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}
