import { describe, expect, test } from 'vitest';
import type { Finding } from '../../scripts/schema-rules/finding.js';
import {
  addedFieldsAreNullable,
  foreignEntitiesAreNullable,
  protectedFieldsAreNullable,
} from '../../scripts/schema-rules/nullability.js';
import { entitiesHaveOneOwner, ownershipOf } from '../../scripts/schema-rules/ownership.js';
import { listsSayTheirSize } from '../../scripts/schema-rules/list-sizes.js';
import { pagesAreBounded } from '../../scripts/schema-rules/page-arguments.js';
import { mutationsHaveOneShape, rootFieldsSayWhoMayAsk } from '../../scripts/schema-rules/root-fields.js';
import { viewSubgraph, type SubgraphView } from '../../scripts/schema-rules/subgraph-view.js';

const catalog = viewSubgraph({
  name: 'catalog',
  sdl: 'type Product @key(fields: "id") @key(fields: "slug owner { id }") { id: ID! slug: String! name: String! }',
});
const reviews = (sdl: string): SubgraphView => viewSubgraph({ name: 'reviews', sdl });
const at = (findings: Finding[]): string[] => findings.map((finding) => finding.at);

describe('ownership', () => {
  test('an entity of one subgraph belongs to it', () => {
    const owners = ownershipOf([reviews('type Vote @key(fields: "id") { id: ID! }')]);
    expect(owners.get('Vote')).toBe('reviews');
  });

  test('an entity two subgraphs name must be on the list', () => {
    const vote = 'type Vote @key(fields: "id") { id: ID! }';
    expect(at(entitiesHaveOneOwner([viewSubgraph({ name: 'catalog', sdl: vote }), reviews(vote)]))).toEqual([
      'Vote',
    ]);
  });

  test('an owner must define what it owns', () => {
    expect(at(entitiesHaveOneOwner([reviews('type Product @key(fields: "id") { id: ID! }')]))).toEqual([
      'Product',
    ]);
  });
});

describe('nullability', () => {
  const owners = ownershipOf([catalog]);

  test('a field added to a foreign entity must be nullable, its keys and external fields need not', () => {
    const view = reviews(`
      type Product @key(fields: "id") { id: ID! name: String! @external rating: Float! count: Int }
      extend type Product { best: Int! }`);
    expect(at(addedFieldsAreNullable([catalog, view], owners))).toEqual([
      'reviews Product.rating',
      'reviews Product.best',
    ]);
  });

  test('the owner may add non-null fields', () => {
    expect(addedFieldsAreNullable([catalog], owners)).toEqual([]);
  });

  test('a foreign entity, alone, in a list or in a union, must be nullable', () => {
    const view = reviews(`
      union Subject = Review | Product
      type Review { a: Product! b: [Product!] c: [Product!]! d: Subject! e: Product f: [Product]! g: [[Product]!]! }`);
    expect(at(foreignEntitiesAreNullable([catalog, view], owners))).toEqual(
      ['a', 'b', 'c', 'd'].map((field) => `reviews Review.${field}`),
    );
  });

  test('a protected field must be nullable unless it is a root field', () => {
    const view = reviews(`
      type Query { queue: [Int!]! @requiresScopes(scopes: [["review:moderate"]]) }
      type Secret @policy(policies: [["staff"]]) { text: String! }
      type Review { email: String! @authenticated secret: Secret! note: String @policy(policies: [["self"]]) }`);
    expect(at(protectedFieldsAreNullable([view]))).toEqual(['reviews Review.email', 'reviews Review.secret']);
  });
});

describe('root fields', () => {
  test('a root field without a rule is reported, an expressly public one is not', () => {
    const view = reviews(`
      extend type Query { review: Int reviews: Int @tag(name: "internal") all: Int @tag(name: "public") }
      type Mutation { submit: Int @authenticated } type Subscription { published: Int }`);
    expect(at(rootFieldsSayWhoMayAsk([view]))).toEqual([
      'reviews Query.review',
      'reviews Query.reviews',
      'reviews Subscription.published',
    ]);
  });

  const outcome = `
    interface UserError { message: String! }
    type Invalid implements UserError { message: String! }
    type Surprise { message: String! }
    type SubmitReviewSuccess { id: ID! }`;

  test.each([
    ['loose arguments', 'submitReview(id: ID!): SubmitReviewResult!', 'SubmitReviewSuccess | Invalid'],
    [
      'a second argument',
      'submitReview(input: SubmitReviewInput!, id: ID): SubmitReviewResult!',
      'SubmitReviewSuccess',
    ],
    [
      'a nullable input',
      'submitReview(input: SubmitReviewInput): SubmitReviewResult!',
      'SubmitReviewSuccess',
    ],
    ['another answer', 'submitReview(input: SubmitReviewInput!): Boolean!', 'SubmitReviewSuccess'],
    [
      'an error first',
      'submitReview(input: SubmitReviewInput!): SubmitReviewResult!',
      'Invalid | SubmitReviewSuccess',
    ],
    [
      'an error of no family',
      'submitReview(input: SubmitReviewInput!): SubmitReviewResult!',
      'SubmitReviewSuccess | Surprise',
    ],
  ])('a mutation with %s is reported', (_name, field, members) => {
    const view = reviews(`${outcome} union SubmitReviewResult = ${members} type Mutation { ${field} }`);
    expect(new Set(at(mutationsHaveOneShape([view])))).toEqual(new Set(['reviews Mutation.submitReview']));
  });

  test('a mutation with one input and one result passes', () => {
    const view = reviews(`${outcome} union SubmitReviewResult = SubmitReviewSuccess | Invalid
      type Mutation { submitReview(input: SubmitReviewInput!): SubmitReviewResult! }`);
    expect(mutationsHaveOneShape([view])).toEqual([]);
  });
});

describe('pages', () => {
  test.each([
    ['no page arguments', 'a: XConnection @listSize'],
    ['no cursor', 'a(first: Int = 20): XConnection @listSize'],
    ['no size for cost analysis', 'a(first: Int = 20, after: String): XConnection'],
    ['no default', 'a(first: Int, after: String): XConnection @listSize'],
    ['a page over a hundred', 'a(first: Int = 101, after: String): XConnection @listSize'],
    ['an unbounded plain list', 'a(first: Int): [Int!]!'],
  ])('a list with %s is reported', (_name, field) => {
    expect(at(pagesAreBounded([reviews(`type Query { ${field} }`)]))).toContain('reviews Query.a');
  });

  test('a bounded connection passes', () => {
    const view = reviews('type Query { a(first: Int = 100, after: String): XConnection! @listSize }');
    expect(pagesAreBounded([view])).toEqual([]);
  });
});

describe('sizes of lists', () => {
  test.each([
    ['objects', 'type Query { a: [[X!]!]! } type X { y: Int }'],
    ['a union', 'type Query { a: [U] } union U = X type X { y: Int }'],
  ])('a list of %s that does not tell its size is reported', (_name, sdl) => {
    expect(at(listsSayTheirSize([reviews(sdl)]))).toEqual(['reviews Query.a']);
  });

  test('lists of scalars, sized lists, and edges pass', () => {
    const view = reviews(`type Query { a: [Int!]! b: [XEdge!]! @listSize }
      type XConnection { edges: [XEdge!]! } type XEdge { cursor: String! }`);
    expect(listsSayTheirSize([view])).toEqual([]);
  });
});
