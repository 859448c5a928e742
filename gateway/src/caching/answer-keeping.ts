import {
  createInProcessAnswerCache,
  createRedisAnswerCache,
  layerAnswerCaches,
  type AnswerCache,
  type InProcessAnswerCache,
  type PubSub,
} from '@storegraph/events';
import { isStaff, type Viewer } from '@storegraph/identity';
import type { Logger } from '@storegraph/observability';
import type { GatewayContext } from '../context.js';
import type { Engine } from '../execution/engine.js';
import type { KeptEntities } from '../execution/kept-entities.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { createEntityReadings } from './entity-readings.js';
import { createFlights } from './flights.js';
import { followChanges } from './follow-changes.js';
import { keepAnswers } from './keep-answers.js';
import { keepEntities } from './keep-entities.js';
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
  /** Where the engine for that supergraph looks for entities. */
  entities(supergraph: LoadedSupergraph): KeptEntities;
  /** The engine, in front of which answers are kept. */
  over(engine: Engine, supergraph: LoadedSupergraph): Engine;
  close(): Promise<void>;
};

/** One cache for the life of the gateway, whichever supergraphs it serves. */
export function createAnswerKeeping(options: AnswerCacheOptions, log: Logger): AnswerKeeping {
  const near = createInProcessAnswerCache(
    options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes },
  );
  const cache = options.redis ? overRedis(near, options.redis) : near;
  const flights = createFlights();
  const readings = createEntityReadings();
  const writers = createWriters();
  const following = followChanges({
    pubsub: options.pubsub,
    cache,
    onPurge(types) {
      flights.leave(types);
      readings.leave(types);
    },
    log,
  });
  const mayShow = ({ viewer, wantsFresh }: GatewayContext): boolean =>
    following.isCurrent && !writers.includes(viewer) && !(wantsFresh && mayRefresh(viewer));
  return {
    entities: (supergraph) => keepEntities(supergraph, { cache: near, readings, mayShow }),
    over: (engine, supergraph) => keepAnswers(engine, supergraph, { cache, near, flights, writers, mayShow }),
    async close() {
      await following.stop();
      await cache.close();
    },
  };
}

function overRedis(
  near: InProcessAnswerCache,
  { url: redisUrl, prefix }: NonNullable<AnswerCacheOptions['redis']>,
): AnswerCache {
  return layerAnswerCaches(near, createRedisAnswerCache({ redisUrl, ...(prefix ? { prefix } : {}) }));
}

function mayRefresh(viewer: Viewer): boolean {
  return viewer.kind === 'user' && isStaff(viewer.role);
}
