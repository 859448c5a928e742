import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem, type } from 'node:os';

/** Where a result comes from: numbers of two machines, or of a busy and a quiet one, do not compare. */
export type Machine = {
  readonly commit: string;
  readonly node: string;
  readonly system: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  /** Of the last one, five and fifteen minutes, before the run. */
  readonly load: readonly number[];
};

export function describeMachine(): Machine {
  const processors = cpus();
  return {
    commit: commit(),
    node: process.version,
    system: type(),
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    load: loadavg(),
  };
}

function commit(): string {
  try {
    const options = { encoding: 'utf8', cwd: import.meta.dirname } as const;
    return execFileSync('git', ['describe', '--always', '--dirty'], options).trim();
  } catch {
    return 'unknown';
  }
}
