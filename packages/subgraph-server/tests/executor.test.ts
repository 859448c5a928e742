import type { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProofSigner } from '@storegraph/identity';
import {
  guest,
  seller,
  service,
  shopper,
  staff,
  admin,
  startTestSubgraph,
  type TestSubgraph,
} from '../../testkit/src/index.js';
import type { Deps } from './bookshop-context.js';
import { bookshop } from './bookshop.js';

const owners = new Set<string>();
let shop: TestSubgraph<Deps>;

beforeAll(async () => {
  shop = await startTestSubgraph(bookshop, { config: { owners } });
});
afterAll(() => shop[Symbol.asyncDispose]());

describe('a request', () => {
  it('without a proof, or with a forged one, is not answered', async () => {
    const forged = createProofSigner({ issuer: 'gateway', key: 'x'.repeat(32) })({
      viewer: admin(),
      correlationId: 'corr-0001',
      deadlineAt: Date.now() + 1_000,
    });
    for (const proof of ['', 'garbage', forged]) {
      const { data, errors } = await shop.subgraph.execute({ query: '{ echo(number: 1) }', proof });
      expect(data).toBeUndefined();
      expect(errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
      const events = await shop.subgraph.subscribe({ query: 'subscription { owned }', proof });
      const { value } = (await events.next()) as { value: { errors: GraphQLError[] } };
      expect(value.errors[0]?.extensions['code']).toBe('UNAUTHENTICATED');
      expect(await events.next()).toEqual({ done: true, value: undefined });
    }
  });

  it('that nobody waits for any more is not executed', async () => {
    const query = '{ echo(number: 1) }';
    const proof = createProofSigner({
      issuer: 'gateway',
      key: 'a-service-key-that-only-tests-ever-use',
    })({
      viewer: guest,
      correlationId: 'corr-0001',
      deadlineAt: Date.now() - 1,
    });
    const late = await shop.subgraph.execute({ query, proof });
    expect(late.errors?.[0]?.extensions['code']).toBe('DEADLINE_EXCEEDED');
    const gone = await shop.subgraph.execute({
      query,
      proof: shop.proofOf(guest),
      signal: AbortSignal.abort(),
    });
    expect(gone.errors?.[0]?.extensions['code']).toBe('DEADLINE_EXCEEDED');
  });

  it.each([
    ['GRAPHQL_PARSE_FAILED', '{ echo(number: 1', undefined],
    ['GRAPHQL_PARSE_FAILED', '', undefined],
    ['GRAPHQL_VALIDATION_FAILED', '{ nothing }', undefined],
    ['GRAPHQL_VALIDATION_FAILED', '{ echo(number: "one") }', undefined],
    ['BAD_USER_INPUT', 'query ($n: Int!) { echo(number: $n) }', { n: 'one' }],
    ['BAD_USER_INPUT', 'query ($n: Int!) { echo(number: $n) }', {}],
    ['BAD_USER_INPUT', 'query ($n: Int = 1) { echo(number: $n) }', { n: null }],
    ['BAD_USER_INPUT', 'query ($n: Int!) { echo(number: $n) }', { n: 2 ** 31 }],
    ['BAD_USER_INPUT', 'query A { __typename } query B { __typename }', undefined],
    ['BAD_USER_INPUT', 'subscription { owned }', undefined],
  ])('that is wrong is told so with %s: %s', async (code, query, variables) => {
    expect((await shop.ask(query, variables)).code).toBe(code);
  });

  it('is answered under the correlation id of its proof', async () => {
    const proof = createProofSigner({
      issuer: 'gateway',
      key: 'a-service-key-that-only-tests-ever-use',
    })({
      viewer: guest,
      correlationId: 'corr-of-the-gateway',
      deadlineAt: Date.now() + 1_000,
    });
    const { data } = await shop.subgraph.execute({ query: '{ correlation }', proof });
    expect(data).toEqual({ correlation: 'corr-of-the-gateway' });
  });

  it('may come with thousands of different documents', async () => {
    for (let number = 0; number < 1_200; number += 1) {
      const { data } = await shop.ask(`{ a${number}: echo(number: ${number}) }`);
      expect(data[`a${number}`]).toBe(number);
    }
    const long = `{ echo(number: 1) } # ${'long '.repeat(5_000)}`;
    expect((await shop.ask(long)).data['echo']).toBe(1);
  });

  it('loads the entities of one fetch in one statement', async () => {
    shop.statements.length = 0;
    const { data } = await shop.ask(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Book { __typename title } } }',
      { r: ['book_2', 'none', 'book_1'].map((id) => ({ __typename: 'Book', id })) },
    );
    expect(data['_entities']).toEqual([
      { __typename: 'Book', title: 'Persuasion' },
      null,
      { __typename: 'Book', title: 'Emma' },
    ]);
    expect(shop.statements).toHaveLength(1);
  });
});

describe('a failure', () => {
  const fail = 'query ($how: String!) { fail(how: $how) echo(number: 1) }';
  it.each(['sql', 'plain'])('of ours (%s) is masked, and the rest is answered', async (how) => {
    const { data, errors, code } = await shop.ask(fail, { how });
    expect(data).toEqual({ fail: null, echo: 1 });
    expect(code).toBe('INTERNAL_SERVER_ERROR');
    expect(errors?.[0]?.path).toEqual(['fail']);
    expect(errors?.[0]?.extensions['correlationId']).toMatch(/^[\da-f-]{36}$/);
    expect(JSON.stringify(errors)).not.toMatch(/secret|stack|SELECT/);
  });

  it('to reach the database is an outage, and says nothing of hosts and passwords', async () => {
    const { errors, code } = await shop.ask(fail, { how: 'away' });
    expect(code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(JSON.stringify(errors)).not.toMatch(/hunter2|127\.0\.0\.1|ECONN/);
  });

  it.each(['nul', 'number'])('of a value no column can hold (%s) is the request’s', async (how) => {
    const { errors, code } = await shop.ask(fail, { how });
    expect(code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toBe('A value is not one the shop can hold.');
  });

  it('that is a refusal passes as it is', async () => {
    const { errors } = await shop.ask(fail, { how: 'refusal' });
    expect(errors?.[0]?.toJSON()).toMatchObject({
      message: 'Slower, please.',
      path: ['fail'],
      extensions: { code: 'RATE_LIMITED', field: 'how' },
    });
  });
});

describe('access', () => {
  const me = shopper();
  const owner = shopper();
  const onDuty = staff();
  owners.add(owner.id).add(onDuty.id);

  it.each([
    ['me', guest, 'UNAUTHENTICATED'],
    ['me', service('orders'), 'FORBIDDEN'],
    ['me', me, undefined],
    ['scoped', guest, 'UNAUTHENTICATED'],
    ['scoped', me, 'FORBIDDEN'],
    ['scoped', service('orders'), 'FORBIDDEN'],
    ['scoped', shopper({ scopes: ['order:read'] }), 'FORBIDDEN'],
    ['scoped', shopper({ scopes: ['order:read', 'order:write'] }), undefined],
    ['scoped', shopper({ scopes: ['user:write'] }), undefined],
    ['inside', guest, 'UNAUTHENTICATED'],
    ['inside', seller(), 'FORBIDDEN'],
    ['inside', staff(), undefined],
    ['inside', service('orders'), undefined],
    ['ownersOnDuty', owner, 'FORBIDDEN'],
    ['ownersOnDuty', staff(), 'FORBIDDEN'],
    ['ownersOnDuty', onDuty, undefined],
    ['vault { gold }', guest, 'UNAUTHENTICATED'],
    ['vault { gold }', me, undefined],
    ['book(id: "book_1") { note }', guest, 'UNAUTHENTICATED'],
    ['book(id: "book_1") { note }', me, 'FORBIDDEN'],
    ['book(id: "book_1") { note }', owner, undefined],
  ])('to %s by %o: %s', async (field, viewer, code) => {
    expect((await shop.ask(`{ ${field} }`, {}, viewer)).code).toBe(code);
  });

  it('is also checked where an entity is asked for by reference', async () => {
    const { code } = await shop.ask(
      '{ _entities(representations: [{ __typename: "Book", id: "book_1" }]) { ... on Book { note } } }',
    );
    expect(code).toBe('UNAUTHENTICATED');
  });
});

describe('a subscription', () => {
  const saying = async (topic: string) => {
    const events = await shop.subscribe('subscription ($topic: String!) { said(topic: $topic) }', { topic });
    const next = events.next();
    return { events, next, say: (text: string) => shop.messaging.pubsub.publish(topic, text) };
  };

  it('gives each event, and ends when its reader leaves, waiting or not', async () => {
    const { events, next, say } = await saying('one');
    await say('hello');
    expect((await next).value.data).toEqual({ said: 'hello' });
    const waiting = events.next();
    await events.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('is checked when it starts and again for every event', async () => {
    const viewer = shopper();
    const refused = await shop.subscribe('subscription { owned }', {}, viewer);
    expect((await refused.next()).value.code).toBe('FORBIDDEN');
    expect((await refused.next()).done).toBe(true);

    owners.add(viewer.id);
    const events = await shop.subscribe('subscription { owned }', {}, viewer);
    const first = events.next();
    await shop.messaging.pubsub.publish('owned', 'one');
    expect((await first).value.data).toEqual({ owned: 'user: one' });
    owners.delete(viewer.id);
    const second = events.next();
    await shop.messaging.pubsub.publish('owned', 'two');
    const { value } = await second;
    expect(value.code).toBe('FORBIDDEN');
    expect(value.data).toEqual({ owned: null });
    await events.return?.();
  });

  it('whose source breaks says so, masked, as its last value', async () => {
    const events = await shop.subscribe('subscription { breaking }', {});
    expect((await events.next()).value.data).toEqual({ breaking: 'first' });
    const { value } = await events.next();
    expect(value.code).toBe('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(value)).not.toContain('secret');
    expect((await events.next()).done).toBe(true);
  });

  it.each([
    ['BAD_USER_INPUT', '{ echo(number: 1) }', {}],
    ['BAD_USER_INPUT', 'subscription ($t: String!) { said(topic: $t) }', { t: 4 }],
    ['GRAPHQL_VALIDATION_FAILED', 'subscription { said }', {}],
    ['GRAPHQL_PARSE_FAILED', 'subscription {', {}],
  ])('that is wrong is told so with %s: %s', async (code, query, variables) => {
    const events = await shop.subscribe(query, variables);
    expect((await events.next()).value.code).toBe(code);
    expect((await events.next()).done).toBe(true);
  });

  it('ends when its signal is given', async () => {
    const leaving = new AbortController();
    const events = await shop.subgraph.subscribe({
      query: 'subscription { said(topic: "two") }',
      proof: shop.proofOf(guest),
      signal: leaving.signal,
    });
    const waiting = events.next();
    leaving.abort();
    expect((await waiting).done).toBe(true);
  });
});
