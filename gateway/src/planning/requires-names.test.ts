import { GraphQLError, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import {
  publicName,
  requireFreeAliases,
  takesNames,
  withPublicNames,
  withPublicPath,
} from './requires-names.js';

const codeOf = (text: string): unknown => {
  try {
    requireFreeAliases(parse(text));
    return null;
  } catch (error) {
    return error instanceof GraphQLError ? error.extensions['code'] : error;
  }
};

describe('names of required fields', () => {
  it('refuses aliases that would pass for what the gateway itself asks', () => {
    expect(codeOf('{ a { __typename: name } }')).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(codeOf('{ a { ...F } } fragment F on A { required__0__price: name }')).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
  });

  it('lets clients call the type name what they like', () => {
    expect(codeOf('{ a { __isNode: __typename __typename: __typename required: name } }')).toBeNull();
  });

  it('sees an alias that takes a name, and not a field under its own', () => {
    const names = new Set(['id']);
    expect(takesNames(parse('{ a { ... on B { id: name } } }'), names)).toBe(true);
    expect(takesNames(parse('{ a { id id: id key: id } }'), names)).toBe(false);
  });

  it('gives representations the real names, whatever the value', () => {
    expect(
      withPublicNames([
        { required__1__price: 0, size: { required__0__width: null }, required__2__tags: undefined },
      ]),
    ).toEqual([{ price: 0, size: { width: null } }]);
    expect(publicName('required__a__price')).toBe('required__a__price');
  });

  it('gives errors a path the client can read', () => {
    const error = new GraphQLError('No.', {
      path: ['goods', 0, 'required__0__price'],
      extensions: { code: 'NO' },
    });
    expect(withPublicPath(error)).toMatchObject({ path: ['goods', 0, 'price'], extensions: { code: 'NO' } });
  });
});
