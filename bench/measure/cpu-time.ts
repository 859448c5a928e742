import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of `/proc/<pid>/stat`; a hundred a second on every Linux in use. */
const TICK_MILLIS = 1_000 / ticksPerSecond();

type ProcessTimes = {
  readonly pid: number;
  readonly parent: number;
  /** User and system time of all its threads. */
  readonly ownMillis: number;
  /** The same of its children that have ended and been waited for. */
  readonly endedChildrenMillis: number;
};

/** CPU time a process has used with all its threads, without its children; null where there is no /proc. */
export function cpuMillisOf(pid: number): number | null {
  return timesOf(pid)?.ownMillis ?? null;
}

/** CPU time of a process and everything it started, children that have ended included; null where there is no /proc. */
export function cpuMillisOfTree(root: number): number | null {
  const top = timesOf(root);
  if (!top) return null;
  const all = readdirSync('/proc').flatMap((name) =>
    /^\d+$/.test(name) ? (timesOf(Number(name)) ?? []) : [],
  );
  const below = (parent: ProcessTimes): number =>
    all
      .filter((one) => one.parent === parent.pid)
      .reduce((sum, one) => sum + below(one), parent.ownMillis + parent.endedChildrenMillis);
  return below(top);
}

/** Memory a process holds and the most it held, in bytes; null where there is no /proc. */
export function memoryOf(pid: number): { rss: number; peak: number } | null {
  const status = read(`/proc/${pid}/status`);
  if (!status) return null;
  const bytes = (key: string) =>
    Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1_024;
  return { rss: bytes('VmRSS'), peak: bytes('VmHWM') };
}

/** See proc_pid_stat(5): utime, stime, cutime and cstime are fields 14 to 17. */
function timesOf(pid: number): ProcessTimes | null {
  const stat = read(`/proc/${pid}/stat`);
  if (!stat) return null;
  // The name in parentheses may hold spaces; what follows it begins with field 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = (field: number) => Number(fields[field - 3]);
  return {
    pid,
    parent: ticks(4),
    ownMillis: (ticks(14) + ticks(15)) * TICK_MILLIS,
    endedChildrenMillis: (ticks(16) + ticks(17)) * TICK_MILLIS,
  };
}

/** A process may end between being listed and being read. */
function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function ticksPerSecond(): number {
  try {
    return Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })) || 100;
  } catch {
    return 100;
  }
}
