import { buildSchema, parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { liftLiterals } from './lift-literals.js';

const schema = buildSchema(`
  scalar Decimal
  enum Sort { PRICE NAME }
  input Range { from: Int to: Int }
  type Item { id: ID! price(currency: String = "EUR"): String }
  type Query { item(id: ID!): Item items(ids: [ID!], sort: Sort, above: Decimal, range: Range, first: Int = 20): [Item] }
`);

const lift = (text: string) => {
  const { document, literals } = liftLiterals(parse(text), schema);
  return { text: print(document).replaceAll(/\s+/g, ' '), literals };
};

describe('lifting literals', () => {
  it('turns scalars, enums and lists of them into variables', () => {
    expect(lift('{ items(ids: ["a", "b"], sort: NAME, first: 5) { price(currency: "USD") } }')).toEqual({
      text:
        'query ($literal_0: [ID!], $literal_1: Sort, $literal_2: Int, $literal_3: String) ' +
        '{ items(ids: $literal_0, sort: $literal_1, first: $literal_2) { price(currency: $literal_3) } }',
      literals: { literal_0: ['a', 'b'], literal_1: 'NAME', literal_2: 5, literal_3: 'USD' },
    });
  });

  it('makes documents alike that differ in their literals only', () => {
    expect(lift('{ item(id: "a") { id } }').text).toBe(lift('{ item(id: 7) { id } }').text);
    expect(lift('{ item(id: 7) { id } }').literals).toEqual({ literal_0: '7' });
  });

  it('gives equal literals one variable, since fields that merge need equal arguments', () => {
    expect(
      lift('{ item(id: "a") { id } ...More } fragment More on Query { item(id: "a") { price } }').text,
    ).toBe(
      'query ($literal_0: ID!) { item(id: $literal_0) { id } ...More } ' +
        'fragment More on Query { item(id: $literal_0) { price } }',
    );
  });

  it('leaves variables, nulls, custom scalars, input objects and directives where they are', () => {
    const text =
      'query ($id: ID!) { item(id: $id) @include(if: true) { id } items(ids: null, above: 1.5, range: {from: 1, to: 2}) { id } }';
    expect(lift(text)).toEqual({ text, literals: {} });
  });

  it('keeps away from documents that use its names', () => {
    const text = 'query ($literal_0: ID!) { item(id: $literal_0) { price(currency: "USD") } }';
    expect(lift(text)).toEqual({ text, literals: {} });
  });
});
