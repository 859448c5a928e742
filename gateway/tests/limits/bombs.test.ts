import { describe, expect, it } from 'vitest';
import { startTestGateway } from '../test-gateway.js';
import { enter } from '../test-socket.js';
import { startPricedGateway } from './priced-gateway.js';

const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

const LEVELS = 60;
const aliasedBomb =
  `{ products(first: 1) { ...F0 } } fragment F${LEVELS} on Product { name } ` +
  times(LEVELS, (n) => `fragment F${n} on Product { a${n}: note ...F${n + 1} ...F${n + 1} }`);

/** Small to send, huge to validate or plan. */
const BOMBS: [string, string][] = [
  ['fragments doubled and aliased sixty times', aliasedBomb],
  ['ten thousand aliases', `{ products { ${times(10_000, (n) => `a${n}:id`)} } }`],
  ['twenty thousand times one field', `{ products { ${'id '.repeat(20_000)} } }`],
  ['a flood of directives', `{ ratings ${'@include(if: true) '.repeat(1_000)} }`],
  ['five thousand levels', `${'{ a '.repeat(5_000)}${'} '.repeat(5_000)}`],
  ['fragments in circles', '{ ...A } fragment A on Query { ratings ...B } fragment B on Query { ...A }'],
];

describe('a bomb', () => {
  it.each(BOMBS)(
    'of %s is refused with 400 before a subgraph hears of it, and over WebSocket',
    async (_name, query) => {
      await using gateway = await startTestGateway();
      expect((await gateway.ask('{ ratings }')).status).toBe(200);
      const { status, body } = await gateway.ask(query);
      expect([status, (body.errors?.length ?? 0) <= 5]).toEqual([400, true]);
      using socket = await enter(gateway.url);
      socket.subscribe('a', query);
      expect((await socket.next()).type).toBe('error');
      expect(gateway.graph.requests).toHaveLength(1);
    },
  );

  it('of a literal that takes ever longer to plan is refused with 400, as a default too', async () => {
    await using gateway = await startPricedGateway({});
    const literal = `{ a: ${'['.repeat(30)}${']'.repeat(30)} }`;
    const ask = (variables: string, declared = '') =>
      gateway.ask(
        `query Q ${declared} { operationCost(query: "{ ratings }", variables: ${variables}) { budget } }`,
      );
    for (const { status, body } of [await ask(literal), await ask('$v', `($v: JSON = ${literal})`)])
      expect([status, body.errors?.[0]?.extensions['limit']]).toEqual([400, 'literalDepth']);
    expect((await ask('{ a: [[[1]]] }')).body.data).toEqual({ operationCost: { budget: 1_000 } });
  });

  it('of variables is refused with 400', async () => {
    await using gateway = await startTestGateway();
    const query = 'query ($id: ID!) { product(id: $id) { name } }';
    const nested: unknown = JSON.parse(`${'['.repeat(1_500)}${']'.repeat(1_500)}`);
    for (const id of [nested, Array<number>(20_000).fill(1)]) {
      const { status, body } = await gateway.ask(query, { variables: { id } });
      expect([status, body.errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_USER_INPUT']);
    }
  });
});

describe('names of every object', () => {
  it('are data where they are aliases, at every level', async () => {
    await using gateway = await startTestGateway();
    const text = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `{ __proto__: product(id: "p1") { constructor: name toString: rating __proto__: id }
          hasOwnProperty: products(first: 1) { __proto__: name valueOf: rating } }`,
      }),
    }).then((response) => response.text());
    expect(text).toContain('"__proto__":{"constructor":"Lamp","toString":4,"__proto__":"p1"}');
    expect(text).toContain('"hasOwnProperty":[{"__proto__":"Lamp","valueOf":4}]');
    expect(Object.hasOwn(Object.prototype, 'constructor') && ({} as { name?: string }).name).toBeUndefined();
  });
});
