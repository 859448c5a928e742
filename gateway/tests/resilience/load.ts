import { setTimeout as sleep } from 'node:timers/promises';

/** Less patient than `Retry-After` asks for. */
const PAUSE_AFTER_REFUSAL_MILLIS = 300;

/** What became of requests, by status or by the error that took their place. */
export type Outcomes = Map<number | string, number>;

/** One answer as load sees it. */
export type Sample = {
  readonly outcome: number | string;
  readonly millis: number;
  readonly retryAfter: string | null;
};

/** Asks one query and reads the answer; a GraphQL error counts by its code. */
export async function sample(url: string, query: string): Promise<Sample> {
  const startedAt = performance.now();
  const timed = (outcome: number | string, retryAfter: string | null = null): Sample => ({
    outcome,
    retryAfter,
    millis: performance.now() - startedAt,
  });
  try {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
    const outcome = response.ok && errors?.[0] ? errors[0].extensions.code : response.status;
    return timed(outcome, response.headers.get('retry-after'));
  } catch (error) {
    return timed(String((error as Error).cause ?? error));
  }
}

/** Clients that ask one after the other, each on kept-alive connections, until they are stopped. */
export function keepAsking(
  url: string,
  { clients, query }: { clients: number; query: (count: number) => string },
): { readonly samples: Sample[]; stop(): Promise<Sample[]> } {
  const samples: Sample[] = [];
  let isGoingOn = true;
  let count = 0;
  const client = async (): Promise<void> => {
    while (isGoingOn) {
      const answer = await sample(url, query((count += 1)));
      samples.push(answer);
      if (answer.outcome === 503) await sleep(PAUSE_AFTER_REFUSAL_MILLIS);
    }
  };
  const all = Promise.all(Array.from({ length: clients }, client));
  return {
    samples,
    async stop() {
      isGoingOn = false;
      await all;
      return samples;
    },
  };
}

export function outcomesOf(samples: readonly Sample[]): Outcomes {
  const outcomes: Outcomes = new Map();
  for (const { outcome } of samples) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  return outcomes;
}

/** The time within which this part of the samples was answered. */
export function percentile(samples: readonly Sample[], part: number): number {
  const sorted = samples.map(({ millis }) => millis).sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? 0;
}
