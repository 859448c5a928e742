import { buildSchema as parseSchema, graphql, type GraphQLSchema } from 'graphql';
import { Directive, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ANONYMOUS, type Viewer } from '@storegraph/identity';
import {
  buildFederatedSchema,
  checkInput,
  conflict,
  enforceAccess,
  invalidInput,
  Key,
  notFound,
  Public,
} from '../src/index.js';
import { shopper } from '../../testkit/src/index.js';
import { buildSchema as buildBookshop } from './bookshop.js';

/** Another subgraph of the same process, with classes of the same names. */
function library() {
  @Key('id')
  @ObjectType('Book', { description: 'Something to lend.' })
  class Book {
    @Field(() => ID, { description: 'Its id.' })
    id!: string;

    @Directive('@shareable')
    @Field(() => String, { description: 'Where it stands.' })
    shelf!: string;
  }

  @Resolver()
  class BookResolver {
    @Public()
    @Query(() => Book, { nullable: true, description: 'A book to lend.' })
    lent(): Book {
      return { id: 'book_1', shelf: 'A3' };
    }
  }
  return buildFederatedSchema({
    resolvers: [BookResolver],
    references: { Book: ({ id }: { id: string }) => (id === 'gone' ? null : { id, shelf: 'A3' }) },
  });
}

describe('a federated schema', () => {
  const { schema, sdl } = buildBookshop();

  it('links the federation it uses, and carries its directives and descriptions', () => {
    expect(sdl).toMatch(
      /^extend schema @link\(url: "https:\/\/specs\.apollo\.dev\/federation\/v2\.9", import: \[/,
    );
    expect(sdl).toMatch(/type Book\s+@key\(fields: "id"\)/);
    expect(sdl).toContain('"""Something to read."""');
    expect(sdl).toMatch(/note: String @policy\(policies: \[\["owner"\]\]\)/);
    expect(sdl).toMatch(
      /scoped: String @requiresScopes\(scopes: \[\["order:read", "order:write"\], \["user:write"\]\]\)/,
    );
    expect(sdl).toMatch(/echo\([\s\S]*?\): Int! @tag\(name: "public"\)/);
  });

  it('has the types no field leads to, and answers for its entities', () => {
    expect(schema.getType('Reader')).toBeDefined();
    expect(String(schema.getType('_Entity'))).toBe('_Entity');
    expect(sdl).toContain('type Reader');
  });

  it('tells its SDL to whoever composes it', async () => {
    const { data } = await graphql({ schema, source: '{ _service { sdl } }' });
    expect((data?.['_service'] as { sdl: string }).sdl).toContain('type Book');
  });

  it('does not mix with another of the same process, whatever their classes are called', async () => {
    const other = library();
    expect(other.sdl).toContain('shelf: String!');
    expect(other.sdl).not.toMatch(/title|renameBook|Vault/);
    expect(buildBookshop().sdl).toBe(sdl);
    const source =
      '{ _entities(representations: [{ __typename: "Book", id: "b" }, { __typename: "Book", id: "gone" }]) { ... on Book { __typename id shelf } } }';
    const { data } = await graphql({ schema: other.schema, source });
    expect(data?.['_entities']).toEqual([{ __typename: 'Book', id: 'b', shelf: 'A3' }, null]);
  });

  it('is not built with a reference to an entity it does not have', () => {
    @Resolver()
    class Empty {
      @Query(() => String, { description: 'Nothing.' })
      nothing() {
        return '';
      }
    }
    const build = () => buildFederatedSchema({ resolvers: [Empty], references: { Bok: () => null } });
    expect(build).toThrow(new TypeError('no entity Bok to resolve references of'));
  });
});

describe('access rules of a schema', () => {
  const DIRECTIVES = `directive @authenticated on OBJECT | FIELD_DEFINITION
    directive @policy(policies: [[String!]!]!) on OBJECT | FIELD_DEFINITION
    directive @requiresScopes(scopes: [[String!]!]!) on OBJECT | FIELD_DEFINITION `;
  const ask = async (schema: GraphQLSchema, viewer: Viewer) => {
    const { errors } = await graphql({
      schema,
      source: '{ a }',
      rootValue: { a: 'a' },
      contextValue: { viewer },
    });
    return errors?.[0]?.extensions['code'];
  };

  it('name a policy that exists, or nothing starts', () => {
    const schema = parseSchema(
      `${DIRECTIVES} type Query { a: String @policy(policies: [["staff"], ["nobody"]]) }`,
    );
    expect(() => enforceAccess(schema, {})).toThrow(
      new TypeError('Query.a names the unknown policy "nobody"'),
    );
    const inherited = parseSchema(
      `${DIRECTIVES} type Query { a: String @policy(policies: [["constructor"]]) }`,
    );
    expect(() => enforceAccess(inherited, {})).toThrow(TypeError);
  });

  it('that cannot be read are not taken for none', () => {
    const schema = parseSchema('type Query { a: String @policy(policies: [["staff"]]) }', {
      assumeValidSDL: true,
    });
    expect(() => enforceAccess(schema, {})).toThrow(new TypeError('@policy of a cannot be read'));
  });

  it('hold for every field of a type that has them, and of its extensions', async () => {
    const direct = parseSchema(`${DIRECTIVES} type Query @authenticated { a: String }`);
    const extended = parseSchema(`${DIRECTIVES} type Query { a: String } extend type Query @authenticated`);
    for (const schema of [direct, extended]) {
      enforceAccess(schema, {});
      expect(await ask(schema, ANONYMOUS)).toBe('UNAUTHENTICATED');
      expect(await ask(schema, shopper())).toBeUndefined();
    }
  });

  it('hold together when a field has several', async () => {
    const schema = parseSchema(
      `${DIRECTIVES} type Query { a: String @requiresScopes(scopes: [["order:read"]]) @policy(policies: [["lucky"]]) }`,
    );
    enforceAccess(schema, {
      lucky: (context: { viewer: Viewer }) =>
        context.viewer.kind === 'user' && context.viewer.id === 'user_1',
    });
    expect(await ask(schema, shopper({ id: 'user_1' }))).toBe('FORBIDDEN');
    expect(await ask(schema, shopper({ scopes: ['order:read'] }))).toBe('FORBIDDEN');
    expect(await ask(schema, shopper({ id: 'user_1', scopes: ['order:read'] }))).toBeUndefined();
  });
});

describe('user errors', () => {
  const rules = z.object({
    lines: z.array(z.object({ quantity: z.int().positive('must be at least one') })),
    code: z.string('is missing'),
  });

  it('tell everything wrong with an input at once, by its place from the input down', () => {
    const checked = checkInput(rules, { lines: [{ quantity: 1 }, { quantity: 0 }] });
    expect(checked).toEqual({
      ok: false,
      problem: {
        __typename: 'InvalidInput',
        code: 'INVALID_INPUT',
        message: 'input.lines.1.quantity: must be at least one',
        path: ['input', 'lines', '1', 'quantity'],
        issues: [
          { path: ['input', 'lines', '1', 'quantity'], message: 'must be at least one' },
          { path: ['input', 'code'], message: 'is missing' },
        ],
      },
    });
  });

  it('let a right input through as its rules have shaped it', () => {
    expect(checkInput(z.object({ name: z.string().trim() }), { name: ' Emma ' })).toEqual({
      ok: true,
      value: { name: 'Emma' },
    });
  });

  it('are members of a result union by name', () => {
    expect(invalidInput(['input', 'a'], 'no')).toMatchObject({
      __typename: 'InvalidInput',
      issues: [{ path: ['input', 'a'], message: 'no' }],
    });
    expect(notFound(['input', 'id'], 'no')).toMatchObject({ __typename: 'NotFound', code: 'NOT_FOUND' });
    expect(conflict(['input'], 'no')).toMatchObject({ __typename: 'Conflict', currentVersion: null });
    expect(conflict(['input'], 'no', 3)).toMatchObject({ currentVersion: 3 });
  });
});
