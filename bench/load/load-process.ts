/** A process that plays the shoppers: it warms a server up, waits for the word, and then measures. */
import { readFileSync } from 'node:fs';
import { OPERATIONS } from '../operations/operations.js';
import { isSameAnswer, type Input } from '../operations/operation.js';
import { openHttpClient, UnexpectedAnswer, type HttpClient } from './http-client.js';
import type { FromLoadProcess, LoadJob, LoadResult, ToLoadProcess } from './load-job.js';
import { percentile } from './percentile.js';

type Turn = (index: number) => Promise<void>;

let measured: (() => Promise<LoadResult>) | null = null;

process.on('message', (message: ToLoadProcess) => {
  handle(message).catch((error: unknown) =>
    tell({ kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.once('disconnect', () => process.exit());

async function handle(message: ToLoadProcess): Promise<void> {
  if (message.kind === 'prepare') {
    measured = await warmUp(message.job);
    tell({ kind: 'warm' });
  } else if (measured) {
    tell({ kind: 'done', result: await measured() });
  }
}

async function warmUp(job: LoadJob): Promise<() => Promise<LoadResult>> {
  const inputs = JSON.parse(readFileSync(job.inputsFile, 'utf8')) as Input[];
  const client = openHttpClient(job.concurrency);
  const turn = turnOf(job, { inputs, client });
  await take(turn, { ...job, first: job.firstTurn, turns: job.warmUpTurns });
  return async () => {
    const first = job.firstTurn + job.warmUpTurns;
    const result = await take(turn, { ...job, first });
    await client.close();
    return result;
  };
}

function turnOf(job: LoadJob, { inputs, client }: { inputs: readonly Input[]; client: HttpClient }): Turn {
  const operation = OPERATIONS[job.operation];
  const inputAt = (index: number): Input => {
    const input = inputs[index % inputs.length];
    if (!input) throw new TypeError(`${job.operation} has no turns`);
    return input;
  };
  if (job.side === 'shop') return (index) => operation.perform({ client, url: job.url }, inputAt(index));
  return async (index) => {
    const { request, answer } = inputAt(index);
    const body = await client.postJson(`${job.url}/${job.operation}`, request);
    if (!isSameAnswer(operation, body, answer))
      throw new UnexpectedAnswer(`the floor of ${job.operation} answered something else`, body);
  };
}

/** Takes turns, so many at a time, until there were enough or the time is over. */
async function take(
  turn: Turn,
  {
    first,
    turns,
    concurrency,
    seconds,
  }: { first: number; turns: number; concurrency: number; seconds: number },
): Promise<LoadResult> {
  const latencies: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  let next = 0;
  const worker = async () => {
    while (next < turns && performance.now() < endsAt) {
      const index = first + next;
      next += 1;
      const askedAt = performance.now();
      await turn(index);
      latencies.push(performance.now() - askedAt);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return {
    turns: latencies.length,
    elapsedMillis: performance.now() - startedAt,
    p50Millis: percentile(latencies, 50),
    p99Millis: percentile(latencies, 99),
  };
}

function tell(message: FromLoadProcess): void {
  process.send?.(message);
}
