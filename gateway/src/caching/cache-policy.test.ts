import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { selectOperation } from '../planning/select-operation.js';
import { readAccessRules } from '../supergraph/access-rules.js';
import { readCacheHints } from './cache-hints.js';
import { cachePolicyOf, entityPolicyOf } from './cache-policy.js';
import { selectionOf } from './entity-selection.js';

const SDL = `
schema
  @link(url: "https://specs.apollo.dev/authenticated/v0.1")
  @link(url: "https://specs.apollo.dev/requiresScopes/v0.1")
  @link(url: "https://storegraph.dev/cacheControl/v1.0", as: "hint") { query: Query mutation: Mutation }
enum Scope { PUBLIC PRIVATE }
scalar Scopes
directive @hint(maxAge: Int, scope: Scope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE
directive @authenticated on FIELD_DEFINITION | OBJECT
directive @requiresScopes(scopes: Scopes) on FIELD_DEFINITION
directive @link(url: String, as: String) repeatable on SCHEMA
type Query {
  book: Book
  today: String
  hinted: String @hint(maxAge: 10)
  books: Books @hint(maxAge: 120)
  unhinted: Books
  shelf: Shelf
  mine: [Book] @hint(scope: PRIVATE)
  me: Reader
  never: Book @hint(maxAge: 0)
  thing: Thing @hint(maxAge: 50)
}
type Mutation { book: Book }
type Book implements Thing @hint(maxAge: 60) {
  id: ID title: String
  stock: Stock
  shelf: Shelf
  note: Note
  sales: Int @requiresScopes(scopes: [["read"]])
  discount: Int @authenticated @hint(maxAge: 30)
}
interface Thing { id: ID }
type Pen implements Thing { id: ID @hint(maxAge: 7) }
type Books @hint(inheritMaxAge: true) { list: [Book] count: Int }
type Stock { left: Int @hint(maxAge: 5) }
type Shelf { name: String }
type Note @hint(inheritMaxAge: true) { text: String }
type Reader @authenticated @hint(maxAge: 60) { name: String }
`;

const document = parse(SDL);
const rules = {
  schema: buildSchema(SDL),
  access: readAccessRules(document),
  hints: readCacheHints(document),
};
const policyOf = (query: string) => cachePolicyOf(selectOperation(parse(query), undefined), rules);

const PUBLIC = (maxAgeSeconds: number) => ({ maxAgeSeconds, scope: 'PUBLIC' });
const UNCACHEABLE = { maxAgeSeconds: 0, scope: 'PRIVATE' };

describe('the policy of an operation', () => {
  it.each([
    ['{ book { title } }', PUBLIC(60)],
    ['{ book { title note { text } } }', PUBLIC(60)],
    ['{ hinted book { title } }', PUBLIC(10)],
    ['{ books { count } }', PUBLIC(120)],
    ['{ books { list { title } } }', PUBLIC(60)],
    ['query ($no: Boolean!) { book { title } hinted @skip(if: $no) }', PUBLIC(10)],
    ['{ ...B } fragment B on Query { book { ... on Book { title } } hinted }', PUBLIC(10)],
    ['{ __typename book { __typename title } }', PUBLIC(60)],
  ])('%s is as short as its shortest part', (query, policy) => {
    expect(policyOf(query)).toEqual(policy);
  });

  it.each(['{ today }', '{ unhinted { count } }', '{ shelf { name } }', '{ book { shelf { name } } }'])(
    '%s is not kept: nobody gave a hint',
    (query) => expect(policyOf(query)).toEqual(UNCACHEABLE),
  );

  it.each([
    '{ never { title } }',
    '{ book { stock { left } } }',
    'mutation { book { title } }',
    '{ __schema { description } }',
  ])('%s is not kept', (query) => expect(policyOf(query)).toEqual(UNCACHEABLE));

  it('is private when a part of it is', () => {
    expect(policyOf('{ book { title } mine { title } }')).toEqual({ maxAgeSeconds: 60, scope: 'PRIVATE' });
  });

  it('does not keep what needs a signed-in viewer unless its own field has a hint, and then for that viewer', () => {
    expect(policyOf('{ book { sales } }')).toEqual(UNCACHEABLE);
    expect(policyOf('{ me { name } }')).toEqual(UNCACHEABLE);
    expect(policyOf('{ book { discount } }')).toEqual({ maxAgeSeconds: 30, scope: 'PRIVATE' });
  });

  it('takes a field of an interface for the strictest of its implementations', () => {
    expect(policyOf('{ thing { id } }')).toEqual(PUBLIC(7));
    expect(policyOf('{ thing { ... on Book { title } } }')).toEqual(PUBLIC(50));
  });
});

describe('the policy of what is asked about entities', () => {
  const policyOfEntities = (selection: string) =>
    entityPolicyOf(
      selectionOf(
        parse(
          `query ($representations: [_Any!]!) { _entities(representations: $representations) ${selection} }`,
        ),
      ),
      rules,
    );

  it.each([
    ['{ ... on Book { title } }', PUBLIC(60)],
    ['{ __typename ... on Book { __typename title } }', PUBLIC(60)],
    ['{ ... on Book { discount } }', { maxAgeSeconds: 30, scope: 'PRIVATE' }],
    ['{ ... on Book { note { text } } }', PUBLIC(60)],
    ['{ ... on Book { stock { left } } }', UNCACHEABLE],
    ['{ ... on Book { sales } }', UNCACHEABLE],
    ['{ ... on Shelf { name } }', UNCACHEABLE],
    ['{ ... on Reader { name } }', UNCACHEABLE],
    ['{ ... on Book { title } ... on Shelf { name } }', UNCACHEABLE],
    ['{ ... on Book { title nowhere } }', UNCACHEABLE],
    ['{ ... on Nothing { title } }', UNCACHEABLE],
  ])('%s is that of their type and of what is asked of them', (selection, policy) => {
    expect(policyOfEntities(selection)).toEqual(policy);
  });
});
