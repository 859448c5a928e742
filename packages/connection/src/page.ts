import { GraphQLError } from 'graphql';
import { decodeCursor, encodeCursor, type CursorKey, type CursorPart } from './cursor.js';

/** Which part of a list is asked for. `after` is the keyset position, `null` at the start. */
export type Page = { readonly first: number; readonly after: CursorKey | null };

export type Edge<Row> = { readonly cursor: string; readonly node: Row };

export type Connection<Row> = {
  readonly edges: Edge<Row>[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
};

const MOST = 100;

/**
 * Reads a connection's arguments.
 *
 * @param key the columns the list is sorted by, tie-breaker included: what they are, such as `['time', 'text']`, or
 *   only how many; named, a forged cursor cannot reach the database with a value its column refuses
 * @throws {GraphQLError} `BAD_USER_INPUT` for a page of less than 0 or more than 100, or a foreign cursor
 */
export function pageOf(
  args: { first: number; after?: string | null },
  key: number | readonly CursorPart[],
): Page {
  if (args.first < 0 || args.first > MOST) {
    throw new GraphQLError(`"first" must be from 0 to ${MOST}`, {
      extensions: { code: 'BAD_USER_INPUT', field: 'first' },
    });
  }
  return { first: args.first, after: typeof args.after === 'string' ? decodeCursor(args.after, key) : null };
}

/**
 * A Relay connection (GraphQL Cursor Connections Specification) from rows fetched one past the page:
 * the extra row only tells that there is a next page.
 */
export function connectionFrom<Row>(
  rows: readonly Row[],
  page: Page,
  keyOf: (row: Row) => CursorKey,
): Connection<Row> {
  const edges = rows.slice(0, page.first).map((node) => ({ cursor: encodeCursor(keyOf(node)), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A connection that can say how many there are in all, and counts them each time it is asked: copying it asks. */
export function counted<Row>(
  connection: Connection<Row>,
  count: () => Promise<number>,
): Connection<Row> & { readonly totalCount: Promise<number> } {
  return {
    ...connection,
    get totalCount() {
      return count();
    },
  };
}
