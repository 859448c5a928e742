/** Timers count milliseconds in 32 bits; a longer one would fire at once. */
const LONGEST_MILLIS = 2 ** 31 - 1;

/**
 * Does something at a moment, or at once when it has passed. Keeps no process alive.
 *
 * @returns how to call it off
 */
export function atTime(epochMillis: number, work: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const left = epochMillis - Date.now();
    timer = setTimeout(left > LONGEST_MILLIS ? wait : work, Math.min(left, LONGEST_MILLIS)).unref();
  };
  wait();
  return () => clearTimeout(timer);
}
