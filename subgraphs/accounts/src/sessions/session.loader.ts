import { loadMany } from '@storegraph/subgraph-server';
import { findLiveSessions, type Database } from './session.store.js';

export function createSessionLoaders(db: Database, now: () => Date) {
  return {
    sessionsOfUser: loadMany(
      (userIds) => findLiveSessions(db, userIds, now()),
      (session) => session.userId,
    ),
  };
}
