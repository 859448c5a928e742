import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  GraphQLError,
  parse,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createDocumentRunner } from './document-runner.js';

const RUNS = 8;

const book = (id: string) => ({ id, title: `Title of ${id}`, pages: 120, tags: ['a', 'b'] });

const schema: GraphQLSchema = buildSubgraphSchema({
  typeDefs: parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Book @key(fields: "id") {
      id: ID! title: String! pages: Int tags: [String!]! broken: String mustBreak: String! later: String related(first: Int = 2): [Book!]!
    }
    union Found = Book
    input Filter { word: String! = "any" limit: Int = 3 }
    type Query { book(id: ID!): Book books(ids: [ID!]!): [Book] echo(number: Int!): Int filtered(filter: Filter): String found: Found }
    type Mutation { rename(id: ID!): Book }
  `),
  resolvers: {
    Book: {
      __resolveReference: ({ id }: { id: string }) => (id === 'none' ? null : book(id)),
      broken() {
        throw new GraphQLError('Not now.', { extensions: { code: 'RATE_LIMITED' } });
      },
      mustBreak() {
        throw new Error('a secret');
      },
      later: async () => Promise.resolve('later'),
      related: ({ id }: { id: string }, { first }: { first: number }) =>
        Array.from({ length: first }, (_, index) => book(`${id}.${index}`)),
    },
    Found: { __resolveType: async () => Promise.resolve('Book') },
    Query: {
      book: (_: unknown, { id }: { id: string }) => Promise.resolve(id === 'none' ? null : book(id)),
      books: (_: unknown, { ids }: { ids: string[] }) => ids.map((id) => (id === 'none' ? null : book(id))),
      echo: (_: unknown, { number }: { number: number }) => number,
      filtered: (_: unknown, { filter }: { filter?: object }) => JSON.stringify(filter ?? null),
      found: () => book('found'),
    },
    Mutation: { rename: (_: unknown, { id }: { id: string }) => book(id) },
  },
});

const ENTITIES =
  'query ($representations: [_Any!]!, $more: Boolean = false) { _entities(representations: $representations) { ... on Book { ';
const reference = (id: string) => ({ __typename: 'Book', id });

type Case = [query: string, variables?: Record<string, unknown>];

const CASES: Case[] = [
  ['{ book(id: "b") { __typename id name: title tags later } }'],
  ['{ books(ids: ["a", "none", "b"]) { id related(first: 1) { id related { id } } } }'],
  ['{ books(ids: ["a", "b"]) { id broken } }'],
  ['{ books(ids: ["a", "b"]) { id mustBreak } }'],
  ['{ book(id: "a") { related { mustBreak } } }'],
  [
    'query ($more: Boolean!) { book(id: "a") { id title @include(if: $more) pages @skip(if: $more) } }',
    { more: true },
  ],
  ['query ($n: Int!) { echo(number: $n) }', { n: 3 }],
  ['query ($n: Int!) { echo(number: $n) }', { n: 'three' }],
  ['query ($n: Int!) { echo(number: $n) }', {}],
  ['query ($n: Int = 7) { echo(number: $n) }', { n: null }],
  ['query ($n: Int! = 7) { echo(number: $n) }', {}],
  ['query ($filter: Filter) { filtered(filter: $filter) }', { filter: { limit: 1 } }],
  ['{ filtered(filter: { limit: 1 }) }'],
  ['{ found { ... on Book { id } } }'],
  ['mutation { rename(id: "m") { id later } }'],
  [
    '{ book(id: "b") { ...All } } fragment All on Book { id related { ...Some } } fragment Some on Book { title }',
  ],
  [`${ENTITIES} title later broken } } }`, { representations: ['a', 'none', 'b'].map(reference) }],
  [`${ENTITIES} id title @include(if: $more) } } }`, { representations: [reference('a')], more: true }],
  [`${ENTITIES} id } } }`, { representations: [{ __typename: 'Nothing', id: 'a' }] }],
  ['{ _service { sdl } }'],
];

describe('a document that keeps coming', () => {
  it.each(CASES)('is answered as at first: %s %j', async (query, variables) => {
    const document = parse(query);
    const run = createDocumentRunner(schema);
    const expected = await interpreted(document, variables);
    for (let count = 0; count < RUNS; count += 1) {
      const result = await run(document, { operationName: undefined, variables, context: {} });
      expect(told(result.data)).toEqual(told(expected.data));
      // Where a list is lost to several of its items, the interpreter tells the first reason only.
      expect(reasons(result)).toEqual(expect.arrayContaining(reasons(expected)));
      expect(Boolean(result.errors)).toBe(Boolean(expected.errors));
    }
  });

  it('keeps what a resolver threw, for whoever masks it', async () => {
    const document = parse('{ book(id: "a") { mustBreak } }');
    const run = createDocumentRunner(schema);
    for (let count = 0; count < RUNS; count += 1) {
      const { errors } = await run(document, { operationName: undefined, variables: {}, context: {} });
      expect(errors?.[0]).toBeInstanceOf(GraphQLError);
      expect(errors?.[0]?.originalError?.message).toBe('a secret');
      expect(errors?.[0]?.extensions).toEqual({});
    }
  });
});

function interpreted(document: DocumentNode, variableValues: Record<string, unknown> | undefined) {
  return execute({ schema, document, variableValues, contextValue: {} });
}

/** As JSON, in the order of the fields. */
function told(result: unknown): unknown {
  return result === undefined ? undefined : JSON.parse(JSON.stringify(result));
}

/** Errors without their places in a document that no client sees. */
function reasons({ errors = [] }: ExecutionResult): unknown[] {
  return errors.map(({ message, path, extensions }) => told({ message, path, extensions }));
}
