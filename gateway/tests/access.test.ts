import { describe, expect, it } from 'vitest';
import { STAFF, startTestGateway, type Answer } from './test-gateway.js';

const codes = ({ body }: Answer) =>
  body.errors?.map(({ path, extensions }) => [path?.join('.'), extensions['code']]);

describe('a protected root field', () => {
  it('refuses the whole operation before anything is asked of a subgraph', async () => {
    await using gateway = await startTestGateway();
    const answer = await gateway.ask('{ products { name } account { id } }');
    expect(answer.status).toBe(401);
    expect(answer.body.data).toBeUndefined();
    expect(codes(answer)).toEqual([[undefined, 'UNAUTHENTICATED']]);
    expect(gateway.graph.requests).toEqual([]);
  });

  it.each([
    ['an alias', '{ mine: account { id } }'],
    ['a fragment', 'query { ...Mine } fragment Mine on Query { account { id } }'],
    ['an inline fragment', '{ ... on Query { ... { account { id } } } }'],
    [
      'nested fragments',
      'query { ...A } fragment A on Query { ...B } fragment B on Query { account { id } }',
    ],
  ])('is found behind %s', async (_name, query) => {
    await using gateway = await startTestGateway();
    expect((await gateway.ask(query)).status).toBe(401);
    expect(gateway.graph.requests).toEqual([]);
  });

  it('answers 403 to who is signed in and lacks the scope, and serves who has it', async () => {
    await using gateway = await startTestGateway();
    const denied = await gateway.ask('{ report }', { token: await gateway.token() });
    expect(denied.status).toBe(403);
    expect(codes(denied)).toEqual([[undefined, 'FORBIDDEN']]);
    const allowed = await gateway.ask('{ report }', { token: await gateway.token(STAFF) });
    expect(allowed.body).toEqual({ data: { report: 'all is well' } });
  });

  it('harms nobody while @include and @skip leave it out', async () => {
    await using gateway = await startTestGateway();
    const query = 'query ($in: Boolean!) { product(id: "p1") { name } account @include(if: $in) { id } }';
    expect((await gateway.ask(query, { variables: { in: false } })).body).toEqual({
      data: { product: { name: 'Lamp' } },
    });
    expect((await gateway.ask(query, { variables: { in: true } })).status).toBe(401);
  });

  it('leaves other operations of the document alone', async () => {
    await using gateway = await startTestGateway();
    const query = 'query Mine { account { id } } query Open { product(id: "p1") { name } }';
    expect((await gateway.ask(query, { operationName: 'Open' })).status).toBe(200);
    expect((await gateway.ask(query, { operationName: 'Mine' })).status).toBe(401);
  });

  it('stays with other services when it is @inaccessible', async () => {
    await using gateway = await startTestGateway();
    expect((await gateway.ask('{ stockOf(sku: "1") }')).status).toBe(400);
  });
});

describe('a protected nested field', () => {
  it('is null, and said so once, at the first place it is missing', async () => {
    await using gateway = await startTestGateway();
    const answer = await gateway.ask('{ products { name cost rating } }', { token: await gateway.token() });
    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({
      products: [
        { name: 'Lamp', cost: null, rating: 4 },
        { name: 'Sofa', cost: null, rating: 5 },
      ],
    });
    expect(codes(answer)).toEqual([['products.0.cost', 'FORBIDDEN']]);
    expect(gateway.graph.requests.some(({ query }) => query.includes('cost'))).toBe(false);
  });

  it('is shown to who may see it, from the same document', async () => {
    await using gateway = await startTestGateway();
    const query = '{ product(id: "p1") { price: cost } }';
    expect((await gateway.ask(query)).body.data).toEqual({ product: { price: null } });
    expect((await gateway.ask(query, { token: await gateway.token(STAFF) })).body).toEqual({
      data: { product: { price: 10 } },
    });
    expect((await gateway.ask(query)).body.data).toEqual({ product: { price: null } });
  });

  it('is withheld through fragments, and keeps its place among the keys', async () => {
    await using gateway = await startTestGateway();
    const answer = await gateway.ask(
      'query { product(id: "p1") { id ...Costs name } } fragment Costs on Product { cost again: cost }',
    );
    expect(JSON.stringify(answer.body.data)).toBe(
      '{"product":{"id":"p1","cost":null,"again":null,"name":"Lamp"}}',
    );
    expect(codes(answer)).toEqual([
      ['product.cost', 'UNAUTHENTICATED'],
      ['product.again', 'UNAUTHENTICATED'],
    ]);
  });

  it('is null only on the members of a union that have it', async () => {
    await using gateway = await startTestGateway();
    const answer = await gateway.ask(
      '{ results { __typename ... on Product { name } ... on Voucher { id code } } }',
      { token: await gateway.token() },
    );
    expect(answer.body.data).toEqual({
      results: [
        { __typename: 'Product', name: 'Lamp' },
        { __typename: 'Voucher', id: 'v1', code: null },
      ],
    });
    expect(codes(answer)).toEqual([['results.1.code', 'FORBIDDEN']]);
  });

  it('protects the field of an interface as much as its most protected implementation', async () => {
    await using gateway = await startTestGateway();
    const guest = await gateway.ask('{ things { id note } }');
    expect(guest.body.data).toEqual({
      things: [
        { id: 'p1', note: null },
        { id: 'v1', note: null },
      ],
    });
    expect(codes(guest)).toEqual([['things.0.note', 'UNAUTHENTICATED']]);
    const byType = await gateway.ask('{ things { id ... on Product { note } } }');
    expect(byType.body).toEqual({ data: { things: [{ id: 'p1', note: 'a Lamp' }, { id: 'v1' }] } });
    const shopper = await gateway.ask('{ things { note } }', { token: await gateway.token() });
    expect(shopper.body).toEqual({ data: { things: [{ note: 'a Lamp' }, { note: 'for friends' }] } });
  });

  it('says nothing when there is nothing to withhold', async () => {
    await using gateway = await startTestGateway();
    expect((await gateway.ask('{ product(id: "gone") { cost } }')).body).toEqual({ data: { product: null } });
  });

  it('is withheld from events of a subscription, and from answers of a mutation', async () => {
    await using gateway = await startTestGateway();
    const answer = await gateway.ask('mutation { rename(id: "p1", name: "Torch") { name cost } }');
    expect(answer.body.data).toEqual({ rename: { name: 'Torch', cost: null } });
    expect(codes(answer)).toEqual([['rename.cost', 'UNAUTHENTICATED']]);
  });
});

describe('an access token', () => {
  it('is refused with 401 when it is forged, expired or no bearer token at all', async () => {
    await using gateway = await startTestGateway();
    const query = '{ product(id: "p1") { name } }';
    for (const authorization of [
      'Bearer x',
      'Bearer eyJhbGciOiJub25lIn0.e30.',
      'Basic YTpi',
      `Bearer ${await gateway.token({}, -10)}`,
      `Bearer ${(await gateway.token()).slice(0, -4)}AAAA`,
    ]) {
      const answer = await gateway.ask(query, { headers: { authorization } });
      expect(answer.status).toBe(401);
      expect(codes(answer)).toEqual([[undefined, 'UNAUTHENTICATED']]);
    }
  });

  it('never speaks for a service: a proof header from outside means nothing', async () => {
    await using gateway = await startTestGateway();
    const proof = gateway.graph.requests[0]?.proof ?? 'forged';
    const answer = await gateway.ask('{ account { id } }', {
      headers: { 'x-storegraph-proof': String(proof) },
    });
    expect(answer.status).toBe(401);
  });
});

describe('a subgraph', () => {
  it('is asked with one proof per operation, and refuses without one', async () => {
    await using gateway = await startTestGateway();
    await gateway.ask('{ products { name rating } }');
    await gateway.ask('{ products { name rating } }');
    const proofs = gateway.graph.requests.map(({ proof }) => proof);
    expect(proofs).toHaveLength(4);
    expect(new Set(proofs).size).toBe(2);
    const [link] = gateway.graph.links;
    expect(await link?.execute({ query: '{ report }', proof: '' })).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });
});
