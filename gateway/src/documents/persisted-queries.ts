import type { Cache } from '@storegraph/events';
import { sha256 } from './sha256.js';

/** Documents clients registered under their hash, to send the hash alone from then on. May forget at any time. */
export type PersistedQueries = {
  find(hash: string): string | undefined | Promise<string | undefined>;
  register(hash: string, source: string): void;
};

/** Registering is open to everyone, so what it may take is bounded. */
const DEFAULT_MAX_BYTES = 16 * 1_024 * 1_024; // 16 MiB
const SHARED_FOR_SECONDS = 7 * 86_400; // a week without this process asking again
const UTF16_BYTES = 2;

/**
 * Remembers persisted queries in process, the least recently used forgotten first, and shares them with other gateways
 * through a cache, when there is one.
 *
 * @param options.maxBytes what the texts may take in this process. @default 16_777_216 // 16 MiB
 */
export function createPersistedQueries(
  options: { maxBytes?: number; shared?: Cache | undefined } = {},
): PersistedQueries {
  const { maxBytes = DEFAULT_MAX_BYTES, shared } = options;
  const sources = new Map<string, string>();
  let bytes = 0;

  const remember = (hash: string, source: string): void => {
    forget(hash);
    sources.set(hash, source);
    bytes += source.length * UTF16_BYTES;
    for (const oldest of sources.keys()) {
      if (bytes <= maxBytes) break;
      forget(oldest);
    }
  };
  const forget = (hash: string): void => {
    bytes -= (sources.get(hash)?.length ?? 0) * UTF16_BYTES;
    sources.delete(hash);
  };
  const findShared = async (hash: string): Promise<string | undefined> => {
    const source = await shared?.get<string>(keyOf(hash));
    if (source === undefined || sha256(source) !== hash) return undefined;
    remember(hash, source);
    return source;
  };

  return {
    find(hash) {
      const source = sources.get(hash);
      if (source === undefined) return shared ? findShared(hash) : undefined;
      sources.delete(hash);
      sources.set(hash, source);
      return source;
    },
    register(hash, source) {
      remember(hash, source);
      void shared?.set(keyOf(hash), source, SHARED_FOR_SECONDS);
    },
  };
}

const keyOf = (hash: string): string => `persisted-query:${hash}`;
