import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GraphQLInputObjectType } from 'graphql';
import { isEnumType, isInputObjectType, isNonNullType, type GraphQLInputType } from 'graphql';
import { admin } from '@storegraph/testkit';
import { startTown, type Town } from './people.js';

let town: Town;
beforeAll(async () => {
  town = await startTown({
    config: { login: { windowSeconds: 60, attemptsPerAccount: 1e6, attemptsPerAddress: 1e6 } },
  });
});
afterAll(() => town[Symbol.asyncDispose]());

const STRANGE = {
  'a NUL': 'nul\0inside',
  'half a surrogate pair': 'half \ud83d a face',
  'a bidirectional override': '\u202eevil\u2066',
  SQL: `'; DROP TABLE users; --`,
  'very much text': 'x'.repeat(100_000),
  nothing: '',
  'a line break': 'two\r\nlines',
};

/** A value of the type that every scalar accepts, with the strange text wherever text is free. */
function valueOf(type: GraphQLInputType, text: string): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, text);
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) return objectOf(type, text);
  const known: Record<string, unknown> = {
    Boolean: true,
    CountryCode: 'DE',
    CurrencyCode: 'EUR',
    LocaleCode: 'en-GB',
    Decimal: '0.1',
  };
  return known[String(type)] ?? text;
}

function objectOf(type: GraphQLInputObjectType, text: string): object {
  return Object.fromEntries(
    Object.values(type.getFields()).map((field) => [field.name, valueOf(field.type, text)]),
  );
}

describe('strange text', () => {
  it.each(Object.keys(STRANGE) as (keyof typeof STRANGE)[])('%s breaks no mutation', async (name) => {
    const { viewer } = await town.person();
    const mutations = Object.values(town.subgraph.schema.getMutationType()?.getFields() ?? {});
    expect(mutations.length).toBeGreaterThan(10);
    for (const { name: mutation, args } of mutations) {
      const type = args[0]?.type;
      const query = `mutation ($input: ${String(type)}) { ${mutation}(input: $input) { __typename } }`;
      const input = type ? valueOf(type, STRANGE[name]) : {};
      for (const who of [viewer, admin({ id: viewer.id })]) {
        const { code } = await town.ask(query, { input }, who);
        expect([mutation, code]).toEqual([mutation, code === 'FORBIDDEN' ? 'FORBIDDEN' : undefined]);
      }
    }
  });

  it.each(Object.keys(STRANGE) as (keyof typeof STRANGE)[])('%s breaks no query', async (name) => {
    const text = STRANGE[name];
    const viewer = admin();
    const answers = [
      await town.ask('query ($text: ID!) { user(id: $text) { id } }', { text }, viewer),
      await town.ask('query ($text: ID!) { seller(id: $text) { id } }', { text }, viewer),
      await town.ask('query ($text: String!) { seller(slug: $text) { id } }', { text }, viewer),
      await town.ask('query ($text: String!) { users(search: $text) { totalCount } }', { text }, viewer),
      await town.ask('query ($text: String!) { users(after: $text) { edges { cursor } } }', { text }, viewer),
      await town.ask(
        'query ($text: String!) { sellers(after: $text) { edges { cursor } } }',
        { text: Buffer.from(JSON.stringify([text])).toString('base64url') },
        viewer,
      ),
      await town.ask('query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {
        r: [
          { __typename: 'User', id: text },
          { __typename: 'Seller', id: text },
          { __typename: 'Seller', slug: text },
        ],
      }),
    ];
    for (const { code } of answers) expect([undefined, 'BAD_USER_INPUT']).toContain(code);
  });
});
