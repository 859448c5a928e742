import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { selectOperation } from '../../planning/select-operation.js';
import { readCostWeights, type CostWeights } from './cost-weights.js';
import { priceOperation } from './price-operation.js';

const SHOP = `
schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@listSize"]) { query: Query mutation: Mutation }
directive @link(url: String, as: String, import: [String]) repeatable on SCHEMA
directive @cost(weight: Int!) on ARGUMENT_DEFINITION | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
directive @listSize(
  assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true
) on FIELD_DEFINITION

type Query {
  me: Person
  node: Node
  found: Found
  tags: [String!]! @listSize(assumedSize: 50)
  people: [Person!]!
  grid: [[Person!]!]! @listSize(assumedSize: 3)
  few: [Person!]! @listSize(assumedSize: 4)
  top(first: Int = 5, last: Int): [Person!]! @cost(weight: 7)
    @listSize(slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
  strict(first: Int, last: Int): [Person!] @listSize(slicingArguments: ["first", "last"])
  page(first: Int! = 20): People!
    @listSize(slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false)
  secret(code: String @cost(weight: 9)): Int
  proof: Heavy
}
type Mutation {
  rename(input: Renaming!): Person
  login: Boolean @cost(weight: 50)
}
scalar Heavy @cost(weight: 6)
input Renaming { name: String @cost(weight: 3) lines: [Line!] }
input Line { id: ID }
interface Node { id: ID! friends: [Node!] }
type Person implements Node {
  id: ID! friends: [Node!] @listSize(assumedSize: 2) name: String best: Person score: Int @cost(weight: 5)
}
type Robot implements Node @cost(weight: 8) { id: ID! friends: [Node!] @listSize(assumedSize: 3) name: String }
union Found = Person | Robot
type People { edges: [Edge!]! total: Int @cost(weight: 5) facets: [Person!]! @listSize(assumedSize: 2) }
type Edge { node: Person }
`;

const schema = buildSchema(SHOP);
const weights = readCostWeights(parse(SHOP)) as CostWeights;

function priceOf(text: string, variables: Record<string, unknown> = {}): number {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return priceOperation(selectOperation(document, undefined), { schema, weights })(variables);
}

describe('the price of an operation', () => {
  it.each([
    ['nothing for scalars', '{ __typename }', 0],
    ['nothing for introspection', '{ __schema { types { name fields { name } } } }', 0],
    ['one point for an object', '{ me { id name } }', 1],
    ['the weight of a field', '{ me { score } }', 6],
    ['the weight of a scalar', '{ proof }', 6],
    ['the weight of an argument', '{ secret(code: "x") }', 9],
    ['ten points for a change', 'mutation { rename(input: {}) { id } }', 12],
    ['the weight of a change instead', 'mutation { login }', 50],
  ])('is %s', (_name, query, points) => {
    expect(priceOf(query)).toBe(points);
  });

  it.each([
    ['ten, when nobody says', '{ people { score } }', 60],
    ['as assumed', '{ few { best { id } } }', 8],
    ['of scalars free', '{ tags }', 0],
    ['ten in each, when only the outer one says', '{ grid { id } }', 30],
    ['as its default says, and its own weight once', '{ top { id } }', 12],
    ['as its literal says', '{ top(first: 3) { best { id } } }', 13],
    ['the largest of several', '{ top(first: 3, last: 30) { id } }', 37],
    ['nothing but its own weight when nobody wants an item', '{ top(first: 0) { id best { id } } }', 7],
  ])('takes a list for as long as it may be: %s', (_name, query, points) => {
    expect(priceOf(query)).toBe(points);
  });

  it('hands the size of a connection to its edges, through fragments, and to nothing else', () => {
    // The connection, 30 edges with a node each, a total, and two facets.
    expect(priceOf('{ page(first: 30) { edges { node { id } } total facets { id } } }')).toBe(1 + 60 + 5 + 2);
    expect(
      priceOf(`{ page { ...Edges } more: page(first: 2) { ...Edges } }
        fragment Edges on People { edges { node { id } } }`),
    ).toBe(1 + 40 + 1 + 4);
  });

  it('is worked out anew for each value of a variable', () => {
    const query = 'query ($n: Int = 7, $m: Int) { top(first: $n, last: $m) { id } }';
    expect(priceOf(query)).toBe(14);
    expect(priceOf(query, { n: 40 })).toBe(47);
    expect(priceOf(query, { n: 1, m: 90 })).toBe(97);
    // What says nothing leaves the size to be assumed.
    for (const n of [null, 'many', -5]) expect(priceOf(query, { n })).toBe(17);
    expect(priceOf('query ($n: Int) { top(first: $n) { id } }')).toBe(12);
  });

  it('counts each input object, in literals as in variables', () => {
    const lines = Array.from({ length: 500 }, (_, id) => ({ id }));
    const query = 'mutation ($input: Renaming!) { rename(input: $input) { id } }';
    expect(priceOf(query, { input: { lines } })).toBe(10 + 1 + 500 + 1);
    expect(priceOf(query, { input: { name: 'x', lines: [{ id: 1 }], unknown: [] } })).toBe(
      10 + 1 + 3 + 1 + 1,
    );
    expect(priceOf('mutation { rename(input: { name: "x", lines: [{ id: 1 }, {}] }) { id } }')).toBe(17);
    expect(
      priceOf('mutation ($line: Line!) { rename(input: { lines: [$line, $line] }) { id } }', {
        line: { id: 1 },
      }),
    ).toBe(14);
  });

  it('takes an abstract type for the dearest it may be', () => {
    expect(priceOf('{ node { id } }')).toBe(8);
    expect(priceOf('{ found { ... on Person { best { best { best { best { best { id } } } } } } } }')).toBe(
      8,
    );
    expect(priceOf('{ found { ... on Person { score best { score } } ... on Robot { id } } }')).toBe(12);
    // A robot has three friends, each of which may be a robot.
    expect(priceOf('{ node { friends { friends { id } } } }')).toBe(8 + 3 * (8 + 3 * 8));
  });

  it('counts what merges in the answer once', () => {
    expect(
      priceOf(`{ me { ...Card ...Card best { name } } me { id ...Badge } }
        fragment Card on Person { best { id score } } fragment Badge on Person { best { score } }`),
    ).toBe(7);
    expect(priceOf('{ me { id } again: me { id } }')).toBe(2);
  });

  it('leaves out what @skip and @include leave out', () => {
    const query = `query ($full: Boolean = false) { me { id
      best @include(if: $full) { id } ... @skip(if: $full) { score } friends @include(if: false) { id } } }`;
    expect(priceOf(query)).toBe(6);
    expect(priceOf(query, { full: true })).toBe(2);
  });

  it('holds a fragment that comes with and without a condition for certain', () => {
    const query = `query ($a: Boolean!, $b: Boolean!) { me { ...F @include(if: $a) ...F @include(if: $b) } }
      fragment F on Person { score }`;
    expect([priceOf(query, { a: false, b: true }), priceOf(query, { a: true, b: false })]).toEqual([6, 6]);
  });

  it('needs one size where the graph demands one', () => {
    expect(priceOf('{ strict(first: 4) { id } }')).toBe(4);
    expect(() => priceOf('{ strict { id } }')).toThrow('first, last');
    expect(() => priceOf('{ strict(first: 1, last: 1) { id } }')).toThrow('first, last');
  });

  it('takes names of every object for names', () => {
    expect(priceOf('{ __proto__: me { constructor: score } toString: me { id } }')).toBe(7);
    const query = 'query ($__proto__: Int = 3) { top(first: $__proto__) { id } }';
    expect(priceOf(query)).toBe(10);
    expect(priceOf(query, JSON.parse('{"__proto__": 9}') as Record<string, unknown>)).toBe(16);
  });
});

describe('a bomb', () => {
  const LEVELS = 60;
  const levels = (level: (n: number) => string) =>
    Array.from({ length: LEVELS }, (_, n) => level(n)).join(' ');

  it('of doubled spreads is priced by what it merges to', () => {
    const fragments = levels((n) => `fragment F${n} on Person { ...F${n + 1} ...F${n + 1} }`);
    expect(priceOf(`{ me { ...F0 } } ${fragments} fragment F${LEVELS} on Person { score }`)).toBe(6);
  });

  it('of doubled and aliased fields is priced by what it grows to, each fragment once', () => {
    const fragments = levels(
      (n) => `fragment F${n} on Person { a: best { ...F${n + 1} } b: best { ...F${n + 1} } }`,
    );
    const text = `query ($n: Int) { top(first: $n) { ...F0 } } ${fragments} fragment F${LEVELS} on Person { id }`;
    const price = priceOperation(selectOperation(parse(text), undefined), { schema, weights });
    expect(price({ n: 1 })).toBe(7 + 2 ** (LEVELS + 1) - 1);
    expect(price({ n: 0 })).toBe(7);
    const reads: string[] = [];
    const watched = new Proxy(
      { n: 1 },
      { get: (of, name) => (reads.push(String(name)), Reflect.get(of, name)) },
    );
    price(watched);
    expect(reads).toEqual(['n']);
  });

  it('of sizes beyond counting is infinite, and nothing where nobody wants an item', () => {
    const query = `query ($n: Int) { top(first: $n) { ${'friends { '.repeat(700)}id${' }'.repeat(700)} } }`;
    expect(priceOf(query, { n: 1 })).toBe(Infinity);
    expect(priceOf(query, { n: 0 })).toBe(7);
  });
});
