/**
 * Imports a Shopify product export into a running system through its public API:
 *
 *   tsx scripts/import-products.ts products.csv [--dry-run] [--token=<access token>]
 *
 * STOREGRAPH_URL says where the system is (http://localhost:4000). Without a token it signs in as
 * STOREGRAPH_EMAIL with STOREGRAPH_PASSWORD, by default the demonstration's member of staff.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const POLL_MILLIS = 400;
const SHOWN_ISSUES = 20;

type Job = {
  id: string;
  status: string;
  total: number | null;
  processed: number;
  failed: number;
  created: number;
  updated: number;
  unchanged: number;
  variants: number;
  errors: number;
  warnings: number;
  failure: string | null;
  issuesUrl: string;
  issues: { edges: { node: { row: number; severity: string; code: string; message: string } }[] };
};

const JOB = `id status total processed failed created updated unchanged variants errors warnings failure issuesUrl
  issues(first: ${SHOWN_ISSUES}) { edges { node { row severity code message } } }`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'dry-run': { type: 'boolean', default: false }, token: { type: 'string' } },
});
const [file] = positionals;
const origin = (process.env.STOREGRAPH_URL ?? 'http://localhost:4000').replace(/\/+$/, '');

if (!file) {
  console.error('Usage: npm run import -- <file.csv> [--dry-run] [--token=<access token>]');
  process.exit(2);
}
try {
  const token = values.token ?? (await signIn());
  const job = await importFile(file, { token, dryRun: values['dry-run'] });
  report(job);
  process.exitCode = job.status === 'DONE' ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function importFile(path: string, as: { token: string; dryRun: boolean }): Promise<Job> {
  const { size } = await stat(path);
  const { beginProductsImport: begun } = await ask<{
    beginProductsImport: { message?: string; uploadUrl: string; job: { id: string } };
  }>(
    `mutation ($input: BeginProductsImportInput!) { beginProductsImport(input: $input) {
      ... on BeginProductsImportSuccess { uploadUrl job { id } } ... on UserError { message } } }`,
    { input: { fileName: basename(path), bytes: size, dryRun: as.dryRun } },
    as.token,
  );
  if (begun.message) throw new Error(begun.message);
  await send(path, { size, url: here(begun.uploadUrl) });
  return watch(begun.job.id, as.token);
}

async function send(path: string, { size, url }: { size: number; url: string }): Promise<void> {
  const response = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'text/csv', 'content-length': String(size) },
    body: createReadStream(path),
    // Node's fetch sends a stream only when told that it does not wait for the answer meanwhile.
    duplex: 'half',
  });
  if (!response.ok) throw new Error(`The file was not taken: ${response.status} ${await response.text()}`);
}

async function watch(id: string, token: string): Promise<Job> {
  for (;;) {
    const query = `query ($id: ID!) { importJob(id: $id) { ${JOB} } }`;
    const { importJob: job } = await ask<{ importJob: Job | null }>(query, { id }, token);
    if (!job) throw new Error(`The import ${id} is gone.`);
    const share = job.total ? ` of ${job.total}` : '';
    process.stderr.write(`\r${job.status.toLowerCase()}: ${job.processed}${share} products   `);
    if (job.status === 'DONE' || job.status === 'FAILED') {
      process.stderr.write('\n');
      return job;
    }
    await sleep(POLL_MILLIS);
  }
}

function report(job: Job): void {
  if (job.failure) console.error(job.failure);
  console.log(
    `${job.processed} products (${job.variants} variants): ${job.created} created, ${job.updated} updated, ` +
      `${job.unchanged} unchanged, ${job.failed} left out.`,
  );
  const remarks = job.errors + job.warnings;
  if (remarks === 0) return;
  console.log(`${job.errors} errors, ${job.warnings} warnings:`);
  for (const { node } of job.issues.edges)
    console.log(`  row ${node.row}  ${node.severity}  ${node.code}  ${node.message}`);
  if (remarks > job.issues.edges.length) console.log(`All remarks: ${here(job.issuesUrl)}`);
}

async function signIn(): Promise<string> {
  const email = process.env.STOREGRAPH_EMAIL ?? 'staff@storegraph.test';
  const password = process.env.STOREGRAPH_PASSWORD ?? 'storegraph-demo';
  const { login } = await ask<{ login: { accessToken?: string; message?: string } }>(
    `mutation ($input: LoginInput!) { login(input: $input) {
      ... on LoginSuccess { accessToken } ... on UserError { message } } }`,
    { input: { email, password } },
  );
  if (!login.accessToken) throw new Error(`Could not sign in as ${email}: ${login.message ?? 'no token'}`);
  return login.accessToken;
}

async function ask<Data>(query: string, variables: object, token?: string): Promise<Data> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (answer.errors?.[0]) throw new Error(answer.errors[0].message);
  if (!answer.data) throw new Error(`${origin} answered ${response.status}`);
  return answer.data;
}

/** The system may know itself by another name than the one it was reached by. */
function here(url: string): string {
  const { pathname, search } = new URL(url);
  return `${origin}${pathname}${search}`;
}
