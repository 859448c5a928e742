import fc from 'fast-check';
import { GraphQLError } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { decodeCursor, encodeCursor, type CursorPart } from './cursor.js';
import { connectionFrom, counted, pageOf } from './page.js';

const cursorOf = (json: string) => Buffer.from(json).toString('base64url');

function codeOf(work: () => unknown): unknown {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return error instanceof GraphQLError ? error.extensions['code'] : error;
  }
}

describe('cursors', () => {
  it('come back as they went out, whatever the key holds', () => {
    const part = fc.oneof(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
      fc.boolean(),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (key) => {
        expect(decodeCursor(encodeCursor(key), key.length)).toEqual(JSON.parse(JSON.stringify(key)));
      }),
    );
  });

  it('are opaque text that fits a URL', () => {
    expect(encodeCursor(['2026-01-01T00:00:00.000Z', 'rev_1?/+'])).toMatch(/^[\w-]+$/);
  });

  it('are answered as the client’s mistake whatever text they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(['BAD_USER_INPUT', 'accepted']).toContain(codeOf(() => decodeCursor(text, 2)));
      }),
    );
  });

  it.each([
    ['nothing readable', '%%%'],
    ['another list, with a shorter key', encodeCursor(['a'])],
    ['an object', cursorOf('{"0":"a","1":"b","length":2}')],
    ['a polluting object in the key', cursorOf('[{"__proto__":{"admin":true}},"a"]')],
    ['a nested array', cursorOf('[["a"],"b"]')],
    ['infinity', cursorOf('[1e999,"a"]')],
    ['text PostgreSQL cannot hold', cursorOf('["a\\u0000","b"]')],
    ['null', cursorOf('null')],
  ])('of %s is refused', (_what, cursor) => {
    expect(codeOf(() => decodeCursor(cursor, 2))).toBe('BAD_USER_INPUT');
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it.each<[readonly CursorPart[], readonly (string | number | boolean | null)[]]>([
    [
      ['time', 'text'],
      [17, 'a'],
    ],
    [
      ['time', 'text'],
      ['yesterday', 'a'],
    ],
    [
      ['time', 'text'],
      ['2026-13-45T00:00:00.000Z', 'a'],
    ],
    [
      ['integer', 'text'],
      ['2026-01-01T00:00:00.000Z', 'a'],
    ],
    [
      ['integer', 'text'],
      [1.5, 'a'],
    ],
    [
      ['integer', 'text'],
      [2 ** 31, 'a'],
    ],
    [
      ['number', 'text'],
      ['1', 'a'],
    ],
    [
      ['boolean', 'text'],
      [1, 'a'],
    ],
    [
      ['text', 'text'],
      [null, 'a'],
    ],
  ])('for a list by %j do not take %j', (parts, key) => {
    expect(codeOf(() => decodeCursor(encodeCursor(key), parts))).toBe('BAD_USER_INPUT');
  });

  it('of the list’s own kind pass', () => {
    const key = ['2026-01-01T00:00:00.000Z', 4, 4.5, true, 'rev_1'];
    expect(decodeCursor(encodeCursor(key), ['time', 'integer', 'number', 'boolean', 'text'])).toEqual(key);
  });
});

describe('pages', () => {
  it('hold from 0 to 100', () => {
    expect(pageOf({ first: 0 }, 1)).toEqual({ first: 0, after: null });
    expect(pageOf({ first: 100, after: null }, 1)).toEqual({ first: 100, after: null });
    expect(codeOf(() => pageOf({ first: -1 }, 1))).toBe('BAD_USER_INPUT');
    expect(codeOf(() => pageOf({ first: 101 }, 1))).toBe('BAD_USER_INPUT');
  });

  it('go on after a cursor; an empty one is none of theirs', () => {
    expect(pageOf({ first: 5, after: encodeCursor(['a']) }, ['text'])).toEqual({ first: 5, after: ['a'] });
    expect(codeOf(() => pageOf({ first: 5, after: '' }, 1))).toBe('BAD_USER_INPUT');
  });

  it('walked one after another show each row once, in order', () => {
    const rows = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.uuid()), {
      selector: ([, id]) => id,
      maxLength: 40,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 12 }), (unsorted, first) => {
        const table = unsorted.sort(compare);
        const seen: (readonly [number, string])[] = [];
        for (let after: string | null = null, pages = 0; pages <= table.length; pages += 1) {
          const page = pageOf({ first, after }, ['integer', 'text']);
          const found = table
            .filter((row) => !page.after || compare(row, page.after as [number, string]) > 0)
            .slice(0, first + 1);
          const { edges, pageInfo } = connectionFrom(found, page, (row) => row);
          expect(edges.length).toBeLessThanOrEqual(first);
          expect(pageInfo.hasPreviousPage).toBe(after !== null);
          seen.push(...edges.map(({ node }) => node));
          if (!pageInfo.hasNextPage) break;
          after = pageInfo.endCursor;
        }
        expect(seen).toEqual(table);
      }),
    );
  });

  it('without rows have no cursors', () => {
    expect(connectionFrom([], { first: 5, after: null }, () => ['a']).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });
});

describe('counted', () => {
  it('counts only when somebody asks how many there are', async () => {
    const count = vi.fn(() => Promise.resolve(42));
    const connection = counted(
      connectionFrom(['a'], { first: 1, after: null }, (row) => [row]),
      count,
    );
    expect(connection.edges).toHaveLength(1);
    expect(count).not.toHaveBeenCalled();
    expect(await connection.totalCount).toBe(42);
    expect(count).toHaveBeenCalledTimes(1);
  });
});

function compare([a, x]: readonly [number, string], [b, y]: readonly [number, string]): number {
  return a - b || (x < y ? -1 : x > y ? 1 : 0);
}
