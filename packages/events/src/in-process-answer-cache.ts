import { LRUCache } from 'lru-cache';
import { millisLeft } from './answer-cache.js';
import type { AnswerCache, KeptAnswer, Moment } from './answer-cache.js';
import { PurgeHistory } from './purge-history.js';

const DEFAULT_MAX_BYTES = 64 * 1_024 * 1_024; // 64 MB

/** One tag of one answer in the index, roughly. */
const TAG_BYTES = 150;

/** An answer cache whose look-ups never wait. */
export interface InProcessAnswerCache extends AnswerCache {
  find(key: string): { kept: KeptAnswer | null; since: Moment };
  keep(key: string, answer: KeptAnswer, since: Moment): boolean;
}

/** @param options.maxBytes what may be kept; the answers asked for longest ago go first. @default 64 MB */
export function createInProcessAnswerCache({ maxBytes = DEFAULT_MAX_BYTES } = {}): InProcessAnswerCache {
  const history = new PurgeHistory();
  const keysByTag = new Map<string, Set<string>>();
  const answers = new LRUCache<string, KeptAnswer>({
    maxSize: maxBytes,
    sizeCalculation: ({ text, tags }, key) => 2 * (text.length + key.length) + TAG_BYTES * tags.length,
    dispose: ({ tags }, key) => removeFrom(keysByTag, tags, key),
  });

  return {
    find: (key) => ({ kept: answers.get(key) ?? null, since: [history.now] }),
    keep(key, answer, [since = 0]) {
      const ttl = millisLeft(answer);
      if (ttl <= 0 || !history.isCurrent(answer.tags, since)) return false;
      answers.set(key, answer, { ttl });
      // An answer larger than the cache is not kept, and must leave no trace in the index.
      if (answers.has(key)) addTo(keysByTag, answer.tags, key);
      return true;
    },
    purge(tags) {
      history.record(tags);
      for (const tag of tags) for (const key of [...(keysByTag.get(tag) ?? [])]) answers.delete(key);
      return Promise.resolve();
    },
    clear() {
      history.recordAll();
      answers.clear();
      return Promise.resolve();
    },
    close() {
      answers.clear();
      return Promise.resolve();
    },
  };
}

function addTo(index: Map<string, Set<string>>, tags: readonly string[], key: string): void {
  for (const tag of tags) {
    const keys = index.get(tag);
    if (keys) keys.add(key);
    else index.set(tag, new Set([key]));
  }
}

function removeFrom(index: Map<string, Set<string>>, tags: readonly string[], key: string): void {
  for (const tag of tags) {
    const keys = index.get(tag);
    keys?.delete(key);
    if (keys?.size === 0) index.delete(tag);
  }
}
