import type { Pool } from 'pg';
import type { Cache, PubSub } from '@storegraph/events';
import { loadOne, type Job, type RequestContext, type Routes } from '../src/index.js';
import type { Book } from './bookshop.type.js';

export type Config = {
  readonly owners?: Set<string>;
  readonly jobs?: readonly Job[];
  readonly routes?: Routes;
};

export type Deps = {
  readonly config: Config;
  readonly pool: Pool;
  readonly pubsub: PubSub;
  readonly cache: Cache;
};

export type Context = RequestContext & {
  readonly deps: Deps;
  readonly loaders: ReturnType<typeof loadersOf>;
};

export const loadersOf = ({ pool }: Deps) => ({
  book: loadOne<Book>(
    async (ids) => (await pool.query<Book>('SELECT * FROM books WHERE id = ANY($1)', [ids])).rows,
    ({ id }) => id,
  ),
});
