/** The clients, in a process of their own that lives as long as the run: its code is warm in every slot but the first. */
import { openHttpClient, UnexpectedAnswer } from '../../load/http-client.js';
import { percentile } from '../../load/percentile.js';
import { QUESTIONS, requestBody } from '../graph/questions.js';
import type { FromLoadProcess, Slot, SlotResult } from './slot.js';

let nextNumber = 1;

process.on('message', (slot: Slot) => {
  take(slot).then(
    (result) => tell({ kind: 'done', result }),
    (error: unknown) =>
      tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit());

async function take({ url, question, variety, concurrency, millis, answer }: Slot): Promise<SlotResult> {
  const client = openHttpClient(concurrency);
  const always = requestBody(QUESTIONS[question], 0);
  const nextBody = () => (variety === 'identical' ? always : requestBody(QUESTIONS[question], nextNumber++));
  const latencies: number[] = [];
  const endsAt = performance.now() + millis;
  const ask = async () => {
    while (performance.now() < endsAt) {
      const body = nextBody();
      const askedAt = performance.now();
      const text = await client.postJson(url, body);
      latencies.push(performance.now() - askedAt);
      if (text !== answer) throw new UnexpectedAnswer(`${url} answered something else than before`, text);
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, ask));
  } finally {
    await client.close();
  }
  return {
    requests: latencies.length,
    p50Millis: percentile(latencies, 50),
    p99Millis: percentile(latencies, 99),
  };
}

function tell(message: FromLoadProcess): void {
  process.send?.(message);
}
