import { describe, expect, it } from 'vitest';
import { loadByArguments, loadMany, loadOne } from './loaders.js';

type Row = { id: string; owner: string };
const ROWS: Row[] = [
  { id: 'c', owner: 'y' },
  { id: 'a', owner: 'x' },
  { id: 'b', owner: 'x' },
];

describe('loadOne', () => {
  it('asks once for all keys and gives each its row, in order, missing ones as null', async () => {
    const asked: string[][] = [];
    const loader = loadOne<Row>(
      async (ids) => {
        asked.push([...ids]);
        return ROWS.filter(({ id }) => ids.includes(id));
      },
      ({ id }) => id,
    );
    const rows = await loader.loadMany(['b', 'missing', 'a', 'b']);
    expect(rows.map((row) => (row as Row | null)?.id)).toEqual(['b', undefined, 'a', 'b']);
    expect(rows[1]).toBeNull();
    expect(asked).toEqual([['b', 'missing', 'a']]);
  });

  it('fails every key with the failure of the one statement', async () => {
    const failure = new Error('the database is gone');
    const loader = loadOne<Row>(
      () => Promise.reject(failure),
      ({ id }) => id,
    );
    const both = await Promise.allSettled([loader.load('a'), loader.load('b')]);
    expect(both.map((one) => (one as PromiseRejectedResult).reason as unknown)).toEqual([failure, failure]);
  });
});

describe('loadMany', () => {
  it('groups rows by key in the order found; a key without rows has an empty list', async () => {
    const loader = loadMany<Row>(
      () => Promise.resolve(ROWS),
      ({ owner }) => owner,
    );
    const [x, none] = await Promise.all([loader.load('x'), loader.load('none')]);
    expect(x.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(none).toEqual([]);
  });
});

describe('loadByArguments', () => {
  it('batches calls with equal arguments, and keeps others apart', async () => {
    const batches: string[] = [];
    const load = loadByArguments((args: { first: number; above?: bigint | undefined }) =>
      loadOne<Row>(
        async (ids) => {
          batches.push(`${args.first}/${args.above}: ${ids.join()}`);
          return ROWS;
        },
        ({ id }) => id,
      ),
    );
    await Promise.all([
      load({ first: 1 }, 'a'),
      load({ first: 1, above: undefined }, 'b'),
      load({ first: 2 }, 'a'),
      load({ first: 1, above: 5n }, 'a'),
      load({ first: 1, above: 6n }, 'a'),
    ]);
    expect(batches).toEqual(['1/undefined: a,b', '2/undefined: a', '1/5: a', '1/6: a']);
  });
});
