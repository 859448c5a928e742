import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Logger } from '@storegraph/observability';

const LOOK_EVERY_MILLIS = 1_000; // a second

export type SupergraphWatch = {
  /** Reads the file now. Never rejects: a supergraph that cannot be served is logged, and the old one stays. */
  check(): Promise<void>;
  close(): void;
};

/**
 * Serves a supergraph file anew when it changes. Looks at it instead of being told by the system: files that an
 * orchestrator mounts change by moving a link elsewhere, which watchers miss.
 */
export function watchSupergraph(
  file: string,
  { serve, log }: { serve: (sdl: string) => Promise<'served' | 'unchanged'>; log: Logger },
): SupergraphWatch {
  const check = async (): Promise<void> => {
    const startedAt = performance.now();
    try {
      const outcome = await serve(await readFile(file, 'utf8'));
      const millis = Math.round(performance.now() - startedAt);
      if (outcome === 'served') log.info({ file, millis }, 'serving a new supergraph');
    } catch (err) {
      log.error({ err, file }, 'the new supergraph cannot be served; the old one stays');
    }
  };
  const look = (): void => void check();
  watchFile(file, { interval: LOOK_EVERY_MILLIS, persistent: false }, look);
  return { check, close: () => unwatchFile(file, look) };
}
