/** How busy this process is, and whether it should take on more. */
export type Load = {
  /** Called when a request or an operation begins; call what it returns when it has ended, once or more. */
  begin(kind: 'request' | 'operation'): () => void;
  isTooHigh(): boolean;
  close(): void;
};

const LOOK_EVERY_MILLIS = 100;
/** A process that does so little is not overloaded, however late it is: it had one long thing to do. */
const BUSY_PART = 1 / 8;

/**
 * Two signs of more work than there is time for: too many operations at once, or a late event loop while there are many.
 * Both are read in well under a microsecond.
 *
 * @param options.operations how many may run at once
 * @param options.delayMillis how late the event loop may be
 */
export function createLoad({ operations, delayMillis }: { operations: number; delayMillis: number }): Load {
  const running = { request: 0, operation: 0 };
  let delay = 0;
  let lookedAt = performance.now();
  const timer = setInterval(() => {
    delay = overdue();
    lookedAt = performance.now();
  }, LOOK_EVERY_MILLIS);
  timer.unref();

  // A look that should have happened by now says as much as one that was late.
  const overdue = (): number => performance.now() - lookedAt - LOOK_EVERY_MILLIS;

  return {
    begin(kind) {
      running[kind] += 1;
      let hasEnded = false;
      return () => {
        if (hasEnded) return;
        hasEnded = true;
        running[kind] -= 1;
      };
    },
    isTooHigh() {
      // An operation over HTTP is a request too; one whose client has left is no request any more.
      const count = Math.max(running.request, running.operation);
      if (count >= operations) return true;
      return count >= operations * BUSY_PART && Math.max(delay, overdue()) > delayMillis;
    },
    close: () => clearInterval(timer),
  };
}
