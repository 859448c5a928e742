import { GraphQLError } from 'graphql';

/** What a cursor remembers: the sort key of the last row seen, tie-breaker last. */
export type CursorKey = readonly (string | number | boolean | null)[];

/** An opaque cursor for a keyset position. */
export function encodeCursor(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The keyset position a cursor stands for.
 *
 * @param length how many parts this list's key has; a cursor of another list is refused
 * @throws {GraphQLError} `BAD_USER_INPUT` for text that is no cursor of this list
 */
export function decodeCursor(cursor: string, length: number): CursorKey {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length === length && key.every(isPart)) return key;
  } catch {
    // Not JSON: answered below like any other text that is no cursor.
  }
  throw new GraphQLError('"after" is not a cursor of this list', {
    extensions: { code: 'BAD_USER_INPUT', field: 'after' },
  });
}

function isPart(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
