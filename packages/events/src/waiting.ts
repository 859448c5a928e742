import { setMaxListeners } from 'node:events';
/** A controller many deliveries may wait on at once: Node would take more than ten listeners for a leak. */
export function stoppable(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** Between half and all of `millis`, so that many who failed together do not return together. */
export function jitter(millis: number): number {
  return millis * (0.5 + Math.random() / 2);
}

/** Resolves after `millis`, or at once when the signal aborts. */
export function sleep(millis: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, millis);
    signal?.addEventListener('abort', finish, { once: true });
  });
}

/** Waits for the work, but no longer than `millis`; answers whether it finished. A rejection passes through. */
export async function within(millis: number, work: Promise<unknown>): Promise<boolean> {
  const timeout = new AbortController();
  try {
    return await Promise.race([work.then(() => true), sleep(millis, timeout.signal).then(() => false)]);
  } finally {
    timeout.abort();
  }
}
