import { describe, expect, it } from 'vitest';
import { createInProcessCache } from '@storegraph/events';
import { createPersistedQueries } from './persisted-queries.js';
import { sha256 } from './sha256.js';

const BYTES = 100; // of fifty characters in memory

describe('persisted queries', () => {
  it('take no more room than they may: the one not asked for longest makes place', () => {
    const queries = createPersistedQueries({ maxBytes: 3 * BYTES });
    for (const hash of ['a', 'b', 'c']) queries.register(hash, hash.repeat(50));
    expect(queries.find('a')).toBe('a'.repeat(50));
    queries.register('d', 'd'.repeat(50));
    expect(['a', 'b', 'c', 'd'].filter((hash) => queries.find(hash) !== undefined)).toEqual(['a', 'c', 'd']);
  });

  it('registered twice take their room once, and one larger than the room is not kept', () => {
    const queries = createPersistedQueries({ maxBytes: 2 * BYTES });
    for (const hash of ['a', 'b', 'a', 'b', 'a']) queries.register(hash, hash.repeat(50));
    expect([queries.find('a'), queries.find('b')]).toEqual(['a'.repeat(50), 'b'.repeat(50)]);
    queries.register('c', 'c'.repeat(101));
    expect(queries.find('c')).toBeUndefined();
  });

  it('are found by other gateways through what they share, unless that holds another text', async () => {
    const shared = createInProcessCache();
    createPersistedQueries({ shared }).register(sha256('{ a }'), '{ a }');
    const other = createPersistedQueries({ shared });
    expect(await other.find(sha256('{ a }'))).toBe('{ a }');
    expect(other.find(sha256('{ a }'))).toBe('{ a }');
    await shared.set(`persisted-query:${sha256('{ b }')}`, '{ c }', 60);
    expect(await other.find(sha256('{ b }'))).toBeUndefined();
  });
});
