import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { SlowSubscriber } from '@storegraph/events';
import type { Logger } from '@storegraph/observability';
import { maskError, maskThrown } from './masking.js';
import { refusal } from './refusal.js';
import { SubgraphUnreachable } from './subgraph-unreachable.js';

/** Keeps what would have been logged. */
function recording() {
  const lines: { level: string; err: unknown }[] = [];
  const at = (level: string) => (line: { err: unknown }) => void lines.push({ level, err: line.err });
  return { lines, log: { warn: at('warn'), error: at('error') } as unknown as Logger };
}

const within = (cause: Error) => new Error('the order could not be placed', { cause });
const coded = (code: string) => Object.assign(new Error('x'), { code });
const prisma = (originalCode: string) =>
  Object.assign(new Error('Raw query failed'), {
    code: 'P2010',
    meta: { driverAdapterError: Object.assign(new Error('x'), { cause: { originalCode } }) },
  });

describe('what a client sees of a failure', () => {
  it.each<[string, unknown]>([
    ['SUBGRAPH_UNAVAILABLE', coded('57P01')],
    ['SUBGRAPH_UNAVAILABLE', coded('08006')],
    ['SUBGRAPH_UNAVAILABLE', coded('ECONNREFUSED')],
    ['SUBGRAPH_UNAVAILABLE', coded('P1001')],
    ['SUBGRAPH_UNAVAILABLE', within(within(coded('ECONNRESET')))],
    ['SUBGRAPH_UNAVAILABLE', prisma('57P01')],
    ['SUBGRAPH_UNAVAILABLE', new Error('timeout exceeded when trying to connect')],
    [
      'SUBGRAPH_UNAVAILABLE',
      Object.assign(new Error('database "shop_orders" is not currently accepting connections'), {
        code: '55000',
      }),
    ],
    [
      'SUBGRAPH_UNAVAILABLE',
      new SubgraphUnreachable('catalog', { cause: new Error('UND_ERR_HEADERS_TIMEOUT') }),
    ],
    ['SUBGRAPH_UNAVAILABLE', new SlowSubscriber('topic', 256)],
    ['BAD_USER_INPUT', coded('22P02')],
    ['BAD_USER_INPUT', prisma('22021')],
    ['INTERNAL_SERVER_ERROR', coded('55000')],
    ['INTERNAL_SERVER_ERROR', coded('22012')],
    ['INTERNAL_SERVER_ERROR', coded('23505')],
    ['INTERNAL_SERVER_ERROR', prisma('42P01')],
    ['INTERNAL_SERVER_ERROR', 'a thrown text'],
    ['INTERNAL_SERVER_ERROR', undefined],
  ])('is %s for %s', (code, thrown) => {
    const { log, lines } = recording();
    const { extensions, message } = maskThrown(thrown, { log, correlationId: 'corr-0001' });
    expect(extensions).toEqual({ code, correlationId: 'corr-0001' });
    expect(message).toMatch(/^(This part of the shop|A value is not|Something went wrong)/);
    expect(lines).toEqual([{ level: code === 'INTERNAL_SERVER_ERROR' ? 'error' : 'warn', err: thrown }]);
  });

  it('comes to an end for causes in a ring', () => {
    const [a, b] = [new Error('a'), new Error('b')];
    a.cause = b;
    b.cause = a;
    const { log } = recording();
    expect(maskThrown(a, { log, correlationId: 'c' }).extensions['code']).toBe('INTERNAL_SERVER_ERROR');
  });

  it('is one line in the log for one failure that leaves many gaps', () => {
    const { log, lines } = recording();
    const reported = new Set();
    const failure = new Error('the loader’s statement failed');
    const masked = [0, 1, 2].map((index) =>
      maskError(new GraphQLError('x', { path: ['books', index], originalError: failure }), {
        log,
        correlationId: 'c',
        reported,
      }),
    );
    expect(masked.map(({ path }) => path)).toEqual([
      ['books', 0],
      ['books', 1],
      ['books', 2],
    ]);
    expect(lines).toHaveLength(1);
  });

  it('is the refusal itself, unlogged', () => {
    const { log, lines } = recording();
    const refused = refusal('RATE_LIMITED', 'Slower, please.');
    expect(maskError(refused, { log, correlationId: 'c' })).toBe(refused);
    expect(lines).toEqual([]);
  });

  it('does not pass for a refusal because of a code that is not in the list', () => {
    const { log } = recording();
    const foreign = new GraphQLError('secret', { extensions: { code: 'SECRET' } });
    expect(maskThrown(foreign, { log, correlationId: 'c' }).message).not.toContain('secret');
    const located = new GraphQLError('secret', { path: ['a'], originalError: foreign });
    expect(maskError(located, { log, correlationId: 'c' }).extensions['code']).toBe('INTERNAL_SERVER_ERROR');
  });
});
