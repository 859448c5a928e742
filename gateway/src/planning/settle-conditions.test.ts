import { parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { settleConditions } from './settle-conditions.js';

const settled = (text: string) => print(settleConditions(parse(text))).replaceAll(/\s+/g, ' ');

describe('conditions before planning', () => {
  it('takes out what is never asked for', () => {
    expect(settled('{ a { b @skip(if: true) c ...F @include(if: false) } }')).toBe('{ a { c } }');
  });

  it('asks every object for something that is always there', () => {
    expect(settled('query ($no: Boolean!) { a @skip(if: $no) { b @include(if: $no) } }')).toBe(
      'query ($no: Boolean!) { a @skip(if: $no) { __typename b @include(if: $no) } }',
    );
    expect(settled('{ a { ... on B { c @include(if: false) } } }')).toBe('{ a { ... on B { __typename } } }');
  });

  it('leaves the root as it is, unless nothing of it is left', () => {
    const text = 'query ($no: Boolean!) { a @skip(if: $no) { b } }';
    expect(settled(text)).toBe(text);
    expect(settled('{ a @skip(if: true) { b } }')).toBe('{ __typename }');
  });
});
