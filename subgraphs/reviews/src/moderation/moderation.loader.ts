import type { Page } from '@storegraph/connection';
import { countWaitingReviews, findWaitingReviews, type Database } from './moderation.store.js';

export function createModerationLoaders(db: Database) {
  return {
    waitingReviews: {
      load: (page: Page) => findWaitingReviews(db, page),
      count: () => countWaitingReviews(db),
    },
  };
}
