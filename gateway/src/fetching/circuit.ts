/** `half-open`: it seems to be back, and one request at a time finds out. */
export type CircuitName = 'closed' | 'open' | 'half-open';

/** Keeps requests from a subgraph that fails again and again. Whoever was admitted says how it went. */
export type Circuit = {
  readonly state: CircuitName;
  /** Whether a request may go out. In a half-open circuit it is the trial, and others wait for its outcome elsewhere. */
  admits(): boolean;
  succeeded(): void;
  failed(): void;
  /** It failed for a reason that says nothing about the subgraph. */
  excused(): void;
  /** Stops looking whether the subgraph is back. */
  close(): void;
};

/**
 * Opens after so many failures in a row. While it is open nobody waits for the subgraph, probes included: those are
 * made beside the requests, and once one is answered a single request tries.
 *
 * @param options.isBack the probe; must not reject
 */
export function createCircuit(options: {
  failuresBeforeOpening: number;
  probeEveryMillis: number;
  isBack: () => Promise<boolean>;
}): Circuit {
  let state: CircuitName = 'closed';
  let failures = 0;
  let isTrialRunning = false;
  let timer: NodeJS.Timeout | undefined;

  const probeSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void probe(), options.probeEveryMillis);
    timer.unref();
  };
  const probe = async (): Promise<void> => {
    const isBack = await options.isBack();
    if (state !== 'open') return;
    if (isBack) state = 'half-open';
    else probeSoon();
  };
  const open = (): void => {
    state = 'open';
    probeSoon();
  };

  return {
    get state() {
      return state;
    },
    admits() {
      if (state === 'closed') return true;
      if (state === 'open' || isTrialRunning) return false;
      isTrialRunning = true;
      return true;
    },
    succeeded() {
      failures = 0;
      // A straggler from before the circuit opened says nothing about now.
      if (state === 'half-open') state = 'closed';
      isTrialRunning = false;
    },
    failed() {
      failures += 1;
      const opens = state === 'half-open' || failures >= options.failuresBeforeOpening;
      if (opens && state !== 'open') open();
      isTrialRunning = false;
    },
    excused() {
      isTrialRunning = false;
    },
    close() {
      state = 'open';
      clearTimeout(timer);
    },
  };
}
