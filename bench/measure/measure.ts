import { runLoad } from '../load/run-load.js';
import type { LoadJob, LoadResult } from '../load/load-job.js';
import { cpuMillisOf, cpuMillisOfTree } from './cpu-time.js';

/** One operation at one concurrency on one side. CPU figures are null where the system does not tell. */
export type Measurement = LoadResult & {
  /** CPU milliseconds of the server process, each turn. */
  readonly serverCpuMillis: number | null;
  /** CPU milliseconds of PostgreSQL with all its processes, each turn. */
  readonly postgresCpuMillis: number | null;
};

type Sample = { server: number | null; postgres: number | null };

/** Puts a load on a server and weighs what it cost the server and PostgreSQL; the warm-up is not counted. */
export async function measure(
  job: LoadJob,
  { serverPid, postmasterPid }: { serverPid: number; postmasterPid: number },
): Promise<Measurement> {
  const samples: Sample[] = [];
  const result = await runLoad(job, () =>
    samples.push({ server: cpuMillisOf(serverPid), postgres: cpuMillisOfTree(postmasterPid) }),
  );
  const [before, after] = samples;
  const each = (key: keyof Sample): number | null => {
    const from = before?.[key] ?? null;
    const to = after?.[key] ?? null;
    return from === null || to === null || result.turns === 0 ? null : (to - from) / result.turns;
  };
  return { ...result, serverCpuMillis: each('server'), postgresCpuMillis: each('postgres') };
}
