import type { Page } from '@storegraph/connection';
import { loadOne } from '@storegraph/subgraph-server';
import { findImportsByIds, findIssues, type Database } from './import-job.store.js';

export function createImportLoaders(db: Database) {
  return {
    /** An import whoever asks; whoever shows it asks `mayWatch` first. */
    importJob: loadOne(
      (ids) => findImportsByIds(db, ids),
      (job) => job.id,
    ),
    issuesOfImport: { load: (jobId: string, page: Page) => findIssues(db, jobId, page) },
  };
}
