import { getIntrospectionQuery, GraphQLError, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DOCUMENT_LIMITS, requireSmallDocument } from './document-size.js';

const limitBroken = (text: string): unknown => {
  try {
    requireSmallDocument(parse(text));
    return null;
  } catch (error) {
    return error instanceof GraphQLError ? error.extensions['limit'] : error;
  }
};

const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

describe('the size of a document', () => {
  it('leaves room for what tools ask', () => {
    const options = {
      schemaDescription: true,
      inputValueDeprecation: true,
      specifiedByUrl: true,
      oneOf: true,
    };
    expect(limitBroken(getIntrospectionQuery(options))).toBeNull();
  });

  it('counts selections as often as fragments repeat them', () => {
    const fragment = `fragment F on T { ${times(20, (index) => `f${index}`)} }`;
    expect(limitBroken(`{ ${times(20, (index) => `x${index} { ...F }`)} } ${fragment}`)).toBeNull();
    expect(limitBroken(`{ a { ${times(60, () => '...F')} } } ${fragment}`)).toBe('selections');
  });

  it('measures a bomb of nested spreads in the time it takes to read it', () => {
    const bomb = times(60, (index) => `fragment F${index} on T { ...F${index + 1} ...F${index + 1} }`);
    const startedAt = performance.now();
    expect(limitBroken(`{ ...F0 } ${bomb} fragment F60 on T { a }`)).toBe('selections');
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('does not follow fragments in circles', () => {
    expect(limitBroken('{ ...A } fragment A on T { a ...B } fragment B on T { b ...A }')).toBeNull();
  });

  it('holds each operation of a document to the limits', () => {
    const tooMany = times(DOCUMENT_LIMITS.rootFields + 1, (index) => `f${index}`);
    expect(limitBroken(`query Small { a } query Large { ${tooMany} }`)).toBe('rootFields');
    expect(limitBroken(`{ ...Roots } fragment Roots on T { ${tooMany} }`)).toBe('rootFields');
  });

  it('counts fragments whether or not they are spread', () => {
    const fragments = (count: number) => times(count, (index) => `fragment F${index} on T { a }`);
    expect(limitBroken(`{ ...F0 } ${fragments(DOCUMENT_LIMITS.fragments)}`)).toBeNull();
    expect(limitBroken(`{ ...F0 } ${fragments(DOCUMENT_LIMITS.fragments + 1)}`)).toBe('fragments');
  });

  it.each(['aliases', 'directives', 'depth', 'literalDepth'] as const)(
    'bounds %s, and allows what is just within',
    (limit) => {
      const documents = {
        aliases: (count: number) => `{ t { ${times(count, (index) => `a${index}: f`)} } }`,
        directives: (count: number) => `{ t ${times(count, () => '@skip(if: false)')} }`,
        literalDepth: (count: number) => `{ t(a: ${'['.repeat(count)}${']'.repeat(count)}) { f(a: {}) } }`,
        depth: (count: number) => `${'{ f '.repeat(count)}${'}'.repeat(count)}`,
      };
      expect(limitBroken(documents[limit](DOCUMENT_LIMITS[limit]))).toBeNull();
      expect(limitBroken(documents[limit](DOCUMENT_LIMITS[limit] + 1))).toBe(limit);
    },
  );
});
