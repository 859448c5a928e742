import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guest, shopper } from '../../testkit/src/index.js';
import { createRemoteLink, SubgraphUnreachable } from '../src/index.js';
import { listeningBookshop, strangeServer, type ListeningBookshop } from './listening.js';
import { slowProxyTo } from './slow-proxy.js';

const owners = new Set<string>();
let bookshop: ListeningBookshop;

beforeAll(async () => {
  bookshop = await listeningBookshop({ owners });
});
afterAll(() => bookshop[Symbol.asyncDispose]());

const ask = async (query: string, variables = {}, viewer = guest) =>
  bookshop.link.execute({ query, variables, proof: bookshop.shop.proofOf(viewer) });

describe('a remote link', () => {
  it('asks and changes as if the subgraph were in the same process', async () => {
    expect(await ask('query ($id: ID!) { book(id: $id) { title } }', { id: 'book_1' })).toEqual({
      data: { book: { title: 'Emma' } },
    });
    const rename = `mutation ($input: RenameBookInput!) { renameBook(input: $input) {
      __typename ... on RenameBookSuccess { book { title } } ... on UserError { code path } } }`;
    const renamed = await ask(rename, { input: { id: 'book_2', title: ' Mansfield Park ' } });
    expect(renamed.data?.['renameBook']).toEqual({
      __typename: 'RenameBookSuccess',
      book: { title: 'Mansfield Park' },
    });
    const nameless = await ask(rename, { input: { id: 'book_2', title: ' ' } });
    expect(nameless.data?.['renameBook']).toMatchObject({ code: 'INVALID_INPUT', path: ['input', 'title'] });
    const unknown = await ask(rename, { input: { id: 'book_9', title: 'x' } });
    expect(unknown.data?.['renameBook']).toMatchObject({ __typename: 'NotFound', code: 'NOT_FOUND' });
  });

  it('gives errors as GraphQL errors, with path and code', async () => {
    const { data, errors } = await ask('{ me echo(number: 2) }');
    expect(data).toEqual({ me: null, echo: 2 });
    expect(errors?.[0]).toBeInstanceOf(GraphQLError);
    expect(errors?.[0]?.toJSON()).toEqual({
      message: 'Sign in first.',
      path: ['me'],
      extensions: { code: 'UNAUTHENTICATED' },
    });
    const { errors: refused } = await bookshop.link.execute({ query: '{ me }', proof: 'forged' });
    expect(refused?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  });

  it('is unreachable when nobody listens', async () => {
    const link = createRemoteLink({
      name: 'nobody',
      url: 'http://127.0.0.1:1/graphql',
      timeoutMillis: 1_000,
    });
    const failure: unknown = await link
      .execute({ query: '{ a }', proof: '' })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SubgraphUnreachable);
    expect((failure as SubgraphUnreachable).subgraph).toBe('nobody');
    const events = await link.subscribe({ query: 'subscription { a }', proof: '' });
    await expect(events.next()).rejects.toBeInstanceOf(SubgraphUnreachable);
    expect((await events.next()).done).toBe(true);
    await link.close();
  });

  it('waits no longer than it was told for one that hangs, before or within its answer', async () => {
    await using hanging = await strangeServer((request, response) => {
      if (request.headers['x-storegraph-proof'] === 'trickle') {
        response.writeHead(200, { 'content-type': 'application/json' });
        setInterval(() => response.write(' '), 20).unref();
      }
    });
    const link = createRemoteLink({ name: 'hanging', url: hanging.url, timeoutMillis: 200 });
    for (const proof of ['silent', 'trickle']) {
      const before = Date.now();
      await expect(link.execute({ query: '{ a }', proof })).rejects.toBeInstanceOf(SubgraphUnreachable);
      expect(Date.now() - before).toBeLessThan(1_000);
    }
    const events = await link.subscribe({ query: 'subscription { a }', proof: '' });
    await expect(events.next()).rejects.toBeInstanceOf(SubgraphUnreachable);
    await link.close();
  });

  it('stops waiting when its caller does', async () => {
    const leaving = new AbortController();
    const before = Date.now();
    const answer = bookshop.link.execute({
      query: '{ slow(millis: 2000) }',
      proof: bookshop.shop.proofOf(guest),
      signal: leaving.signal,
    });
    setTimeout(() => leaving.abort(), 50);
    await expect(answer).rejects.toBeInstanceOf(SubgraphUnreachable);
    expect(Date.now() - before).toBeLessThan(1_500);
  });

  it.each([
    ['no JSON', 200, '<html>'],
    ['nothing', 200, ''],
    ['null', 200, 'null'],
    ['a list', 200, '[]'],
    ['neither data nor errors', 200, '{"hello":1}'],
    ['data that is no object', 200, '{"data":"x"}'],
    ['errors that are no list', 200, '{"errors":"x"}'],
    ['no errors in the list', 200, '{"errors":[]}'],
    ['errors without messages', 200, '{"errors":[{}]}'],
    ['errors with a wrong path', 200, '{"errors":[{"message":"m","path":"a"}]}'],
    ['a server error, whatever it says', 502, '{"data":{}}'],
    ['another service’s not found', 404, '{"statusCode":404,"message":"Not Found"}'],
  ])('takes %s for no answer', async (_what, status, body) => {
    await using strange = await strangeServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    const link = createRemoteLink({ name: 'strange', url: strange.url, timeoutMillis: 1_000 });
    await expect(link.execute({ query: '{ a }', proof: '' })).rejects.toBeInstanceOf(SubgraphUnreachable);
    await link.close();
  });
});

describe('subscriptions over a remote link', () => {
  const until = async (check: () => boolean) => {
    for (let tries = 0; tries < 200 && !check(); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(check()).toBe(true);
  };
  const subscribe = async (query: string, viewer = guest, link = bookshop.link) =>
    link.subscribe({ query, proof: bookshop.shop.proofOf(viewer) });
  /** Publishes until somebody has heard: a subscription takes a moment to arrive. */
  const sayUntilHeard = async (topic: string, heard: Promise<unknown>) => {
    let isHeard = false;
    void heard.finally(() => (isHeard = true)).catch(() => undefined);
    while (!isHeard) {
      await bookshop.shop.messaging.pubsub.publish(topic, 'hello');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return heard;
  };

  /** What a subscription fails with; news on their way may come first. */
  const untilItFails = async (events: AsyncIterator<unknown>): Promise<unknown> => {
    try {
      while (!(await events.next()).done);
      return 'it ended without a word';
    } catch (error) {
      return error;
    }
  };

  it('share a socket, each with its own viewer', async () => {
    const [ada, ben] = [shopper(), shopper()];
    owners.add(ada.id);
    const hers = await subscribe('subscription { owned }', ada);
    const his = await subscribe('subscription { owned }', ben);
    const { value } = (await his.next()) as { value: { errors: GraphQLError[] } };
    expect(value.errors[0]).toBeInstanceOf(GraphQLError);
    expect(value.errors[0]?.extensions['code']).toBe('FORBIDDEN');
    expect((await his.next()).done).toBe(true);
    expect(await sayUntilHeard('owned', hers.next())).toEqual({
      done: false,
      value: { data: { owned: 'user: hello' } },
    });
    await hers.return?.();
  });

  it.each([
    ['GRAPHQL_PARSE_FAILED', 'subscription {'],
    ['GRAPHQL_VALIDATION_FAILED', 'subscription { nothing }'],
    ['BAD_USER_INPUT', '{ echo(number: 1) }'],
  ])('that are refused say %s as their one value', async (code, query) => {
    const events = await subscribe(query);
    const { value } = (await events.next()) as { value: { errors: GraphQLError[] } };
    expect(value.errors[0]?.extensions['code']).toBe(code);
    expect((await events.next()).done).toBe(true);
  });

  it('whose source breaks end with an error and leave the others alone', async () => {
    const other = await subscribe('subscription { said(topic: "calm") }');
    const next = other.next();
    const breaking = await subscribe('subscription { breaking }');
    expect((await breaking.next()).value).toEqual({ data: { breaking: 'first' } });
    const { value } = (await breaking.next()) as { value: { errors: GraphQLError[] } };
    expect(value.errors[0]?.extensions['code']).toBe('INTERNAL_SERVER_ERROR');
    expect((await breaking.next()).done).toBe(true);
    expect(await sayUntilHeard('calm', next)).toMatchObject({ value: { data: { said: 'hello' } } });
    await other.return?.();
  });

  it('end for a reader who leaves while nothing happens, by itself or by its signal', async () => {
    const events = await subscribe('subscription { said(topic: "quiet") }');
    const waiting = events.next();
    await events.return?.();
    expect((await waiting).done).toBe(true);

    const leaving = new AbortController();
    const signalled = await bookshop.link.subscribe({
      query: 'subscription { said(topic: "quiet") }',
      proof: bookshop.shop.proofOf(guest),
      signal: leaving.signal,
    });
    const pending = signalled.next();
    setTimeout(() => leaving.abort(), 30);
    expect((await pending).done).toBe(true);
  });

  it('are told when the socket is lost, and the next one opens another', async () => {
    await using other = await listeningBookshop();
    const proof = () => other.shop.proofOf(guest);
    const query = 'subscription { breaking }';
    const events = await other.link.subscribe({
      query: 'subscription { said(topic: "a") }',
      proof: proof(),
    });
    const pending = events.next();
    const first = await other.link.subscribe({ query, proof: proof() });
    await first.next();
    const lost = expect(pending).rejects.toBeInstanceOf(SubgraphUnreachable);
    await other.server.close();
    await lost;
    expect((await events.next()).done).toBe(true);
    const again = await other.link.subscribe({ query, proof: proof() });
    await expect(again.next()).rejects.toBeInstanceOf(SubgraphUnreachable);

    const one = await subscribe(query);
    await one.next();
    await one.return?.();
    const two = await subscribe(query);
    expect((await two.next()).value).toEqual({ data: { breaking: 'first' } });
    await two.return?.();
  });

  it('are two on one connection, both told by a typed error when it is lost, and the next ones share another', async () => {
    await using way = await slowProxyTo(`${bookshop.server.url}/graphql`);
    const link = createRemoteLink({
      name: 'bookshop',
      url: way.url,
      timeoutMillis: 1_000,
    });
    const open = async (topic: string) => {
      const events = await subscribe(`subscription { said(topic: "${topic}") }`, guest, link);
      const first = await sayUntilHeard(topic, events.next());
      expect(first).toMatchObject({ value: { data: { said: 'hello' } } });
      return events;
    };
    try {
      for (const round of [1, 2]) {
        const both = [await open(`left-${round}`), await open(`right-${round}`)];
        expect(way.accepted()).toBe(round);
        const failures = both.map((events) => untilItFails(events));
        way.cut();
        for (const failure of await Promise.all(failures)) {
          expect(failure).toBeInstanceOf(SubgraphUnreachable);
          expect((failure as SubgraphUnreachable).subgraph).toBe('bookshop');
        }
        for (const events of both) expect((await events.next()).done).toBe(true);
      }
    } finally {
      await link.close();
    }
  });

  it('that still wait for their socket when the link is closed end quietly', async () => {
    await using silent = await strangeServer(() => undefined);
    const link = createRemoteLink({ name: 'silent', url: silent.url, timeoutMillis: 5_000 });
    const events = await link.subscribe({ query: 'subscription { said(topic: "c") }', proof: '' });
    const next = events.next();
    await until(() => silent.sockets.size > 0);
    await link.close();
    expect(await next).toEqual({ done: true, value: undefined });
    // An error that nobody listened to would have ended the process by now.
    await until(() => silent.sockets.size === 0);
  });

  it('and everything else are over, with no connection left, once the link is closed', async () => {
    const link = createRemoteLink({
      name: 'bookshop',
      url: `${bookshop.server.url}/graphql`,
      timeoutMillis: 1_000,
    });
    const events = await subscribe('subscription { said(topic: "b") }', guest, link);
    const pending = events.next().catch((error: unknown) => error);
    await link.execute({ query: '{ echo(number: 1) }', proof: bookshop.shop.proofOf(guest) });
    let isOver = false;
    void pending.then(() => (isOver = true));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await link.close();
    await until(() => isOver);
    await expect(link.execute({ query: '{ a }', proof: '' })).rejects.toBeInstanceOf(SubgraphUnreachable);
  });
});
