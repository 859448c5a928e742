/**
 * A small cache of JSON values. It may forget at any time, and a Redis that is away reads as a miss, so it never
 * holds what correctness or access depends on.
 */
export interface Cache {
  get<Value = unknown>(key: string): Promise<Value | undefined>;
  set(key: string, value: unknown, ttlSeconds: number): Promise<void>;
  delete(key: string): Promise<void>;
  close(): Promise<void>;
}

/** Keys kept in process before the oldest written is dropped. */
const DEFAULT_MAX_KEYS = 10_000;

/** Holds values as JSON text, so that a reader cannot change what the next one sees. */
export function createInProcessCache({ maxKeys = DEFAULT_MAX_KEYS } = {}): Cache {
  const entries = new Map<string, { json: string; expiresAt: number }>();
  return {
    get<Value>(key: string) {
      const entry = entries.get(key);
      if (!entry) return Promise.resolve(undefined);
      if (entry.expiresAt > Date.now()) return Promise.resolve(JSON.parse(entry.json) as Value);
      entries.delete(key);
      return Promise.resolve(undefined);
    },
    set(key, value, ttlSeconds) {
      entries.delete(key);
      entries.set(key, { json: JSON.stringify(value), expiresAt: Date.now() + ttlSeconds * 1_000 });
      const [oldest] = entries.keys();
      if (entries.size > maxKeys && oldest !== undefined) entries.delete(oldest);
      return Promise.resolve();
    },
    delete(key) {
      entries.delete(key);
      return Promise.resolve();
    },
    close() {
      entries.clear();
      return Promise.resolve();
    },
  };
}
