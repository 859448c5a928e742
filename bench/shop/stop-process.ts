import type { ChildProcess } from 'node:child_process';

/** Asks a process to stop, and makes it when it has not after a while. */
export async function stopProcess(child: ChildProcess, withinMillis: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), withinMillis);
  await gone;
  clearTimeout(timer);
}
