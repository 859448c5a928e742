import { setImmediate as afterReading, setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

export type Quiet = {
  /** Resolves when no request has come for half a second, or after three seconds. */
  untilQuiet(): Promise<void>;
};

const QUIET_MILLIS = 500;
const LONGEST_MILLIS = 3_000; // three seconds
const LOOK_EVERY_MILLIS = 50;

/**
 * Knows when clients have stopped sending. A server that closes earlier drops requests nobody has read yet: closing a
 * kept-alive connection, or the listener with connections in its backlog, resets what waits there.
 */
export function watchQuiet(app: FastifyInstance): Quiet {
  let lastRequestAt = 0;
  app.addHook('onRequest', ({ routeOptions }, _reply, done) => {
    // Whoever asks how we are is no client.
    if (!routeOptions.url?.startsWith('/health')) lastRequestAt = performance.now();
    done();
  });
  return {
    async untilQuiet() {
      const beganAt = performance.now();
      lastRequestAt = beganAt;
      while (performance.now() - beganAt < LONGEST_MILLIS) {
        await sleep(LOOK_EVERY_MILLIS);
        // A busy process is late with its timers too: only after it has read what waits is silence silence.
        await afterReading();
        if (performance.now() - lastRequestAt > QUIET_MILLIS) return;
      }
    },
  };
}
