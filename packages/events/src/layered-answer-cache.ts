import type { AnswerCache, LookUp } from './answer-cache.js';
import type { InProcessAnswerCache } from './in-process-answer-cache.js';

/** Answers of this process in front of those all processes share. */
export function layerAnswerCaches(near: InProcessAnswerCache, far: AnswerCache): AnswerCache {
  return {
    find(key) {
      const here = near.find(key);
      if (here.kept) return here;
      return findFar(key, here);
    },
    async keep(key, answer, [nearSince = 0, ...farSince]) {
      const isKept = near.keep(key, answer, [nearSince]);
      await far.keep(key, answer, farSince);
      return isKept;
    },
    // Far first: what is gone here might otherwise come back from there.
    async purge(tags, cause) {
      await far.purge(tags, cause);
      await near.purge(tags, cause);
    },
    async clear() {
      await near.clear();
      await far.clear();
      await near.clear();
    },
    async close() {
      await Promise.all([near.close(), far.close()]);
    },
  };

  async function findFar(key: string, here: LookUp): Promise<LookUp> {
    const there = await far.find(key);
    if (there.kept) near.keep(key, there.kept, here.since);
    return { kept: there.kept, since: [...here.since, ...there.since] };
  }
}
