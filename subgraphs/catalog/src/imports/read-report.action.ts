import type { Deps } from '../context.js';
import { findIssues } from './import-job.store.js';
import { issuesAsCsv } from './import-report.js';

const MOST_ISSUES = 5_000;

/** The report of an import as a CSV file; `null` for a token that was not made for it, or no longer holds. */
export async function readReport(
  deps: Deps,
  wanted: { jobId: string; token: string },
): Promise<string | null> {
  const { jobId, token } = wanted;
  if (!(await deps.reportLinks.admits(jobId, token))) return null;
  return issuesAsCsv(await findIssues(deps.prisma, jobId, { first: MOST_ISSUES, after: null }));
}
