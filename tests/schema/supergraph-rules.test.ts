import { buildSchema, type GraphQLObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { breaksAreAccepted } from '../../scripts/schema-rules/breaking-changes.js';
import { hintsAreExpected } from '../../scripts/schema-rules/composition-hints.js';
import { everythingIsDescribed } from '../../scripts/schema-rules/descriptions.js';
import { operationsAreValid } from '../../scripts/schema-rules/operations.js';
import { composeSubgraphs } from '../../scripts/schema/compose.js';
import { apiSchemaOf } from '../../scripts/schema/history.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@inaccessible", "@policy", "@shareable"])`;
const subgraph = (name: string, sdl: string) => ({
  name,
  url: `http://${name}/graphql`,
  sdl: `${LINK}\n${sdl}`,
});

describe('composition', () => {
  test('subgraphs that contradict each other are refused with the reason', () => {
    const composition = composeSubgraphs([
      subgraph('a', 'type Query { price: Int }'),
      subgraph('b', 'type Query { price: String }'),
    ]);
    expect(composition).toMatchObject({
      kind: 'refused',
      problems: [expect.stringContaining('Query.price'), expect.anything()],
    });
  });

  test('a hint nobody expected is reported, the shared ErrorCode is expected', () => {
    const composition = composeSubgraphs([
      subgraph('a', 'type Query { a: ErrorCode } enum ErrorCode { A } "One." scalar Day'),
      subgraph('b', 'type Query { b: ErrorCode } enum ErrorCode { B } "Two." scalar Day'),
    ]);
    const hints = composition.kind === 'composed' ? composition.hints : [];
    expect(hints.map((hint) => hint.code)).toContain('INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM');
    expect(hintsAreExpected(hints).map((finding) => finding.at)).toEqual(['INCONSISTENT_DESCRIPTION']);
  });

  test('an entity is described in its words of its owner, whatever others call it', () => {
    const stub = '"A product, as we know it." type Product @key(fields: "id") { "Its id, to us." id: ID! ';
    const composition = composeSubgraphs([
      subgraph('media', `${stub} "Its picture." picture: String }`),
      subgraph('reviews', `${stub} "Its rating." rating: Int }`),
      subgraph(
        'catalog',
        'type Query { a: Int } "Something sold." type Product @key(fields: "id") { "Its id." id: ID! }',
      ),
    ]);
    if (composition.kind !== 'composed') throw new Error('must compose');
    const product = apiSchemaOf(composition.supergraphSdl).getType('Product') as GraphQLObjectType;
    expect(product.description).toBe('Something sold.');
    expect(Object.entries(product.getFields()).map(([name, field]) => [name, field.description])).toEqual([
      ['id', 'Its id.'],
      ['picture', 'Its picture.'],
      ['rating', 'Its rating.'],
    ]);
    expect(composition.hints).toEqual([]);
  });

  test('the API schema hides what is inaccessible and links security features', () => {
    const composition = composeSubgraphs([
      subgraph('a', 'type Query { open: Int @policy(policies: [["staff"]]) internal: Int @inaccessible }'),
    ]);
    if (composition.kind !== 'composed') throw new Error('must compose');
    expect(Object.keys(apiSchemaOf(composition.supergraphSdl).getQueryType()?.getFields() ?? {})).toEqual([
      'open',
    ]);
  });
});

test('types, fields, arguments, input fields and enum values without a description are reported', () => {
  const findings = everythingIsDescribed(`
    type Query { "A product." product("Its id." id: ID!, slug: String): Product }
    type Product { "Id." id: ID! name: String! }
    "Which." input Filter { query: String } "How." enum Sort { NEWEST } "When." scalar DateTime scalar join__FieldSet
    directive @join__field(graph: ID) on FIELD_DEFINITION
  `);
  expect(findings.map((finding) => finding.at)).toEqual([
    'Query.product(slug:)',
    'Product',
    'Product.name',
    'Filter.query',
    'Sort.NEWEST',
  ]);
});

describe('breaking changes', () => {
  const before = buildSchema('type Query { product: Int rating: Int }');
  const after = buildSchema('type Query { product: Int stock: Int }');

  test('a removed field is reported', async () => {
    const findings = await breaksAreAccepted({ before, after }, []);
    expect(findings.map((finding) => finding.at)).toEqual(['FIELD_REMOVED Query.rating']);
  });

  test('a break with a reason is accepted, one without is not', async () => {
    const accepted = { change: 'FIELD_REMOVED', at: 'Query.rating' };
    expect(await breaksAreAccepted({ before, after }, [{ ...accepted, reason: 'never shipped' }])).toEqual(
      [],
    );
    expect(await breaksAreAccepted({ before, after }, [{ ...accepted, reason: '' }])).toHaveLength(1);
  });

  test('an added field breaks nobody', async () => {
    const wider = buildSchema('type Query { product: Int rating: Int stock: Int }');
    expect(await breaksAreAccepted({ before, after: wider }, [])).toEqual([]);
  });
});

test('an operation the graph no longer answers is reported with its file', () => {
  const schema = buildSchema('type Query { product: Int }');
  const findings = operationsAreValid(schema, [
    { file: 'good.graphql', text: '{ product }' },
    { file: 'bad.graphql', text: '{ prodct }' },
  ]);
  expect(findings.map((finding) => finding.at)).toEqual(['bad.graphql']);
});
