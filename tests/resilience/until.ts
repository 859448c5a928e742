import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MILLIS = 15_000; // fifteen seconds

/** Looks every few milliseconds. @throws when it has not become true in time */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  withinMillis = PATIENCE_MILLIS,
): Promise<void> {
  const end = performance.now() + withinMillis;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`waited ${withinMillis} ms in vain`);
    await sleep(20);
  }
}
