import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { z } from 'zod';
import { currentCorrelationId } from '@storegraph/observability';
import {
  Authenticated,
  checkInput,
  notFound,
  Policy,
  Public,
  refuse,
  requireUser,
  RequiresScopes,
} from '../src/index.js';
import { Book, Reader, RenameBookInput, RenameBookResult, Vault } from './bookshop.type.js';
import type { Context } from './bookshop-context.js';

const text = 'A text.';
const titled = z.object({ id: z.string().min(1), title: z.string().trim().min(1).max(20) });

@Resolver()
export class BookResolver {
  @Public()
  @Query(() => Book, { nullable: true, description: 'One book.' })
  book(@Arg('id', () => ID, { description: 'Which.' }) id: string, @Ctx() { loaders }: Context) {
    return loaders.book.load(id);
  }

  @Public()
  @Query(() => Int, { description: 'The number given.' })
  echo(@Arg('number', () => Int, { description: 'Any.' }) number: number) {
    return number;
  }

  @Public()
  @Query(() => String, { nullable: true, description: text })
  correlation() {
    return currentCorrelationId();
  }

  @Public()
  @Query(() => String, { nullable: true, description: text })
  async slow(@Arg('millis', () => Int, { description: 'How long.' }) millis: number) {
    await pause(millis);
    return 'done';
  }

  /** Fails in the way asked for, with errors as they come from the outside. */
  @Public()
  @Query(() => String, { nullable: true, description: text })
  async fail(@Arg('how', () => String, { description: 'How.' }) how: string, @Ctx() { deps }: Context) {
    if (how === 'sql') await deps.pool.query('SELECT secret_column FROM secret_table');
    if (how === 'nul') await deps.pool.query('SELECT $1::text', ['a\0b']);
    if (how === 'number') await deps.pool.query('SELECT $1::int', ['99999999999']);
    if (how === 'away') await new pg.Client('postgres://shop:hunter2@127.0.0.1:1/shop').connect();
    if (how === 'refusal') refuse('RATE_LIMITED', 'Slower, please.', { field: 'how' });
    throw new Error('the secret of the house');
  }

  @Mutation(() => RenameBookResult, { description: 'Renames a book.' })
  @Public()
  async renameBook(
    @Arg('input', () => RenameBookInput, { description: 'What.' }) input: RenameBookInput,
    @Ctx() { deps }: Context,
  ) {
    const checked = checkInput(titled, input);
    if (!checked.ok) return checked.problem;
    const { id, title } = checked.value;
    const { rows } = await deps.pool.query<Book>('UPDATE books SET title = $2 WHERE id = $1 RETURNING *', [
      id,
      title,
    ]);
    return rows[0]
      ? { __typename: 'RenameBookSuccess', book: rows[0] }
      : notFound(['input', 'id'], 'There is no such book.');
  }
}

@Resolver()
export class GuardedResolver {
  @Authenticated()
  @Query(() => String, { nullable: true, description: text })
  me(@Ctx() { viewer }: Context) {
    return requireUser(viewer).id;
  }

  @RequiresScopes([['order:read', 'order:write'], ['user:write']])
  @Query(() => String, { nullable: true, description: text })
  scoped() {
    return 'scoped';
  }

  @Policy([['staff'], ['service']])
  @Query(() => String, { nullable: true, description: text })
  inside() {
    return 'inside';
  }

  @Policy([['owner', 'staff']])
  @Query(() => String, { nullable: true, description: text })
  ownersOnDuty() {
    return 'on duty';
  }

  @Public()
  @Query(() => Vault, { nullable: true, description: 'The vault.' })
  vault(): Vault {
    return { gold: 'gold' };
  }

  @Public()
  @Query(() => Reader, { nullable: true, description: 'Somebody.' })
  reader(): Reader {
    return { id: 'user_1' };
  }
}

@Resolver()
export class LiveResolver {
  @Public()
  @Subscription(() => String, {
    nullable: true,
    description: 'What is said on a topic.',
    subscribe: ({ args, context }) => (context as Context).deps.pubsub.subscribe(String(args['topic'])),
  })
  said(@Arg('topic', () => String, { description: 'Where.' }) _topic: string, @Root() said: string) {
    return said;
  }

  @Policy([['owner']])
  @Subscription(() => String, {
    nullable: true,
    description: 'What the owner hears.',
    subscribe: ({ context }) => (context as Context).deps.pubsub.subscribe('owned'),
  })
  owned(@Root() said: string, @Ctx() { viewer }: Context) {
    return `${viewer.kind}: ${said}`;
  }

  @Public()
  @Subscription(() => String, {
    nullable: true,
    description: 'Breaks after one event.',
    subscribe: async function* () {
      yield await Promise.resolve('first');
      throw new Error('the secret of the source');
    },
  })
  breaking(@Root() said: string) {
    return said;
  }
}
