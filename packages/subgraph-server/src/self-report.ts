import type { Pool } from 'undici';
import { gaugeValues } from '@storegraph/observability';

/** What a subgraph tells of itself to whoever watches over it. */
export type SelfReport = {
  /** What its release is called; null for one that is part of the process that asks. */
  readonly version: string | null;
  /** Age of the oldest event in its outbox, as it was within the last ten seconds; null before it was counted. */
  readonly eventLagSeconds: number | null;
};

const WITHIN_MILLIS = 1_000; // one second

/** Reads what the relay of a domain counts in this process anyway. */
export async function eventLagOf(domain: string): Promise<number | null> {
  const lags = await gaugeValues('outbox_lag_seconds');
  return lags.find(({ labels }) => labels['domain'] === domain)?.value ?? null;
}

/** Reads a service's `/health`. Never rejects: `null` when it says nothing of the kind. */
export async function readReport(pool: Pool): Promise<SelfReport | null> {
  try {
    const signal = AbortSignal.timeout(WITHIN_MILLIS);
    const { statusCode, body } = await pool.request({ method: 'GET', path: '/health', signal });
    const told = (await body.json()) as Partial<Record<keyof SelfReport, unknown>>;
    if (statusCode !== 200 || typeof told.version !== 'string') return null;
    const { version, eventLagSeconds: lag } = told;
    return { version, eventLagSeconds: typeof lag === 'number' ? lag : null };
  } catch {
    return null;
  }
}
