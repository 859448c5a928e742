import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { TourFailed, type Answer, type Visitor } from './client.js';
import type { Journal } from './journal.js';

const PATIENCE_MILLIS = 60_000;

const BEGIN = `mutation BeginImport($input: BeginProductsImportInput!) { beginProductsImport(input: $input) {
  ... on BeginProductsImportSuccess { uploadUrl job { id } } ... on UserError { code message } } }`;
const PROGRESS = `subscription Progress($jobId: ID!) { importProgress(jobId: $jobId) {
  status total processed failed created updated unchanged variants errors warnings failure } }`;

/** Staff import a product file: announce it, send it, watch it being read. */
export async function importGoods(journal: Journal, staff: Visitor, file: string): Promise<Answer> {
  return journal.step(`staff import ${basename(file)}`, async () => {
    const bytes = await readFile(file);
    const begun = await staff.must(BEGIN, { input: { fileName: basename(file), bytes: bytes.length } });
    const progress = staff.watch(PROGRESS, { jobId: begun['job'].id });
    const first = progress.next();
    const sent = await fetch(
      new URL(
        new URL(String(begun['uploadUrl'])).pathname + new URL(String(begun['uploadUrl'])).search,
        staff.url,
      ),
      {
        method: 'PUT',
        body: bytes,
        headers: { 'content-type': 'text/csv' },
      },
    );
    if (!sent.ok) throw new TourFailed(`the file was answered with ${sent.status}: ${await sent.text()}`);
    const job = await untilDone(first, progress);
    if (job['status'] !== 'DONE') throw new TourFailed(`the import ended as ${JSON.stringify(job)}`);
    const outcome = `${job['processed']} products, ${job['variants']} variants, ${job['created']} new, ${job['errors']} errors`;
    return [outcome, job];
  });
}

async function untilDone(
  first: Promise<IteratorResult<Answer>>,
  progress: AsyncIterableIterator<Answer>,
): Promise<Answer> {
  const deadline = Date.now() + PATIENCE_MILLIS;
  let step = await first;
  while (!step.done && Date.now() < deadline) {
    const job = step.value['importProgress'] as Answer;
    if (job['status'] === 'DONE' || job['status'] === 'FAILED') {
      await progress.return?.();
      return job;
    }
    step = await progress.next();
  }
  throw new TourFailed('the import never ended');
}
