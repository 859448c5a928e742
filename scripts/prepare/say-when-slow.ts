/**
 * Runs `work` and prints `label` only if it takes longer than a second: quick work stays silent, slow work
 * does not look like a hang.
 */
export async function sayWhenSlow<T>(label: string, work: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  let isSlow = false;
  const timer = setTimeout(() => {
    isSlow = true;
    process.stderr.write(`${label} …\n`);
  }, 1_000); // one second
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (isSlow) process.stderr.write(`${label}: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s\n`);
  }
}
