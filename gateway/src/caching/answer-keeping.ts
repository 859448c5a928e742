import {
  createInProcessAnswerCache,
  createRedisAnswerCache,
  layerAnswerCaches,
  type AnswerCache,
  type PubSub,
} from '@storegraph/events';
import type { Logger } from '@storegraph/observability';
import type { Engine } from '../execution/engine.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { createFlights } from './flights.js';
import { followChanges } from './follow-changes.js';
import { keepAnswers } from './keep-answers.js';
import { createWriters } from './writers.js';

/** Where answers are kept, and how it is heard that they are stale. */
export type AnswerCacheOptions = {
  /** Carries the domains' changes. Whoever made it closes it. */
  readonly pubsub: PubSub;
  /** A place all gateways share, behind the memory of each. */
  readonly redis?: { readonly url: string; readonly prefix?: string | undefined } | undefined;
  /** What one process may keep in memory. @default 67_108_864 // 64 MB */
  readonly maxBytes?: number | undefined;
};

export type AnswerKeeping = {
  /** The engine, in front of which answers are kept. */
  over(engine: Engine, supergraph: LoadedSupergraph): Engine;
  close(): Promise<void>;
};

/** One cache for the life of the gateway, whichever supergraphs it serves. */
export function createAnswerKeeping(options: AnswerCacheOptions, log: Logger): AnswerKeeping {
  const cache = openCache(options);
  const flights = createFlights();
  const writers = createWriters();
  const following = followChanges({
    pubsub: options.pubsub,
    cache,
    onPurge: (types) => flights.leave(types),
    log,
  });
  const isCurrent = () => following.isCurrent;
  return {
    over: (engine, supergraph) => keepAnswers(engine, supergraph, { cache, flights, writers, isCurrent }),
    async close() {
      await following.stop();
      await cache.close();
    },
  };
}

function openCache({ redis, maxBytes }: AnswerCacheOptions): AnswerCache {
  const near = createInProcessAnswerCache(maxBytes === undefined ? {} : { maxBytes });
  if (!redis) return near;
  const { url: redisUrl, prefix } = redis;
  return layerAnswerCaches(near, createRedisAnswerCache({ redisUrl, ...(prefix ? { prefix } : {}) }));
}
