import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { currentCorrelationId, type Logger } from '@storegraph/observability';
import { startJobs } from './jobs.js';

function recording() {
  const failures: unknown[] = [];
  const log = { error: (line: { err: unknown }) => void failures.push(line.err) } as unknown as Logger;
  return { failures, log };
}

describe('jobs', () => {
  it('run again and again, never two of a kind at once, each run under an id of its own', async () => {
    let [running, most] = [0, 0];
    const ids: (string | undefined)[] = [];
    const run = async () => {
      running += 1;
      most = Math.max(most, running);
      ids.push(currentCorrelationId());
      await pause(15);
      running -= 1;
    };
    const jobs = startJobs([{ name: 'sweep', everySeconds: 0.005, run }], recording().log);
    await pause(150);
    await jobs.stop();
    expect(most).toBe(1);
    expect(ids.length).toBeGreaterThan(2);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(undefined);
  });

  it('that fail are logged and come again, and hold up no other', async () => {
    const { failures, log } = recording();
    let others = 0;
    const failing = { name: 'failing', everySeconds: 0.005, run: () => Promise.reject(new Error('no luck')) };
    const other = { name: 'other', everySeconds: 0.005, run: async () => void (others += 1) };
    const jobs = startJobs([failing, other], log);
    await pause(100);
    await jobs.stop();
    expect(failures.length).toBeGreaterThan(1);
    expect(others).toBeGreaterThan(1);
  });

  it('finish the run under way when stopped, start no other, and wait for no pause', async () => {
    let [started, finished] = [0, 0];
    const run = async () => {
      started += 1;
      await pause(40);
      finished += 1;
    };
    const slow = { name: 'slow', everySeconds: 0.001, run };
    const daily = { name: 'daily', everySeconds: 86_400, run };
    const jobs = startJobs([slow, daily], recording().log);
    await pause(20);
    await jobs.stop();
    expect([started, finished]).toEqual([1, 1]);
    await pause(20);
    expect(started).toBe(1);
  });
});
