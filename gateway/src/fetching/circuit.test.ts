import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCircuit } from './circuit.js';

const EVERY_MILLIS = 2_000;
let isBack = false;
let probes = 0;

beforeEach(() => {
  vi.useFakeTimers();
  isBack = false;
  probes = 0;
});
afterEach(() => vi.useRealTimers());

const fresh = () =>
  createCircuit({
    failuresBeforeOpening: 3,
    probeEveryMillis: EVERY_MILLIS,
    isBack: async () => {
      probes += 1;
      return isBack;
    },
  });

function opened() {
  const circuit = fresh();
  for (let failure = 0; failure < 3; failure += 1) circuit.failed();
  return circuit;
}

async function halfOpened() {
  const circuit = opened();
  isBack = true;
  await vi.advanceTimersByTimeAsync(EVERY_MILLIS);
  return circuit;
}

describe('a circuit', () => {
  it('opens after failures in a row, and no success in between', () => {
    const circuit = fresh();
    for (const outcome of ['failed', 'failed', 'succeeded', 'failed', 'failed'] as const) circuit[outcome]();
    expect(circuit.admits()).toBe(true);
    circuit.failed();
    expect(circuit.state).toBe('open');
    expect(circuit.admits()).toBe(false);
  });

  it('asks beside the requests, again and again, whether the subgraph is back', async () => {
    const circuit = opened();
    await vi.advanceTimersByTimeAsync(EVERY_MILLIS * 3);
    expect(probes).toBe(3);
    expect(circuit.admits()).toBe(false);
    isBack = true;
    await vi.advanceTimersByTimeAsync(EVERY_MILLIS);
    expect(circuit.state).toBe('half-open');
    await vi.advanceTimersByTimeAsync(EVERY_MILLIS * 3);
    expect(probes).toBe(4);
  });

  it('lets one request try at a time, and closes when it succeeds', async () => {
    const circuit = await halfOpened();
    expect([circuit.admits(), circuit.admits()]).toEqual([true, false]);
    circuit.excused();
    expect([circuit.admits(), circuit.admits()]).toEqual([true, false]);
    circuit.succeeded();
    expect(circuit.state).toBe('closed');
    expect([circuit.admits(), circuit.admits()]).toEqual([true, true]);
  });

  it('opens again when the trial fails, and goes on asking', async () => {
    const circuit = await halfOpened();
    expect(circuit.admits()).toBe(true);
    circuit.failed();
    expect(circuit.state).toBe('open');
    await vi.advanceTimersByTimeAsync(EVERY_MILLIS);
    expect(circuit.state).toBe('half-open');
    expect(circuit.admits()).toBe(true);
  });

  it('is not closed by an answer to a request from before it opened', () => {
    const circuit = opened();
    circuit.succeeded();
    expect(circuit.state).toBe('open');
  });

  it('asks no more once nobody cares', async () => {
    opened().close();
    await vi.advanceTimersByTimeAsync(EVERY_MILLIS * 3);
    expect(probes).toBe(0);
  });
});
