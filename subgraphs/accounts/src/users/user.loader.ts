import type { Page } from '@storegraph/connection';
import { loadOne } from '@storegraph/subgraph-server';
import { countUsers, findUsers, findUsersByIds, type Database, type UserFilter } from './user.store.js';

export type { UserFilter } from './user.store.js';

export function createUserLoaders(db: Database) {
  return {
    user: loadOne(
      (ids) => findUsersByIds(db, ids),
      (user) => user.id,
    ),
    users: (filter: UserFilter, page: Page) => findUsers(db, filter, page),
    userCount: (filter: UserFilter) => countUsers(db, filter),
  };
}
