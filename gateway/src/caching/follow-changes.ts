import { setTimeout as pause } from 'node:timers/promises';
import { CHANGES_TOPIC, type AnswerCache, type Change, type PubSub } from '@storegraph/events';
import type { Logger } from '@storegraph/observability';
import { purgeLag } from './cache-metrics.js';
import { changedEntities } from './changed-entities.js';
import { tagsOfChange } from './entity-tags.js';

const TRY_AGAIN_MILLIS = 500;

export type Following = {
  /** Whether every change is heard. While it is not, what is kept may be stale and must not be shown. */
  readonly isCurrent: boolean;
  stop(): Promise<void>;
};

type Options = {
  readonly pubsub: PubSub;
  readonly cache: AnswerCache;
  /** Told of the types that changed, after their answers were purged; `null`: of all types. */
  readonly onPurge: (types: ReadonlySet<string> | null) => void;
  readonly log: Logger;
};

/**
 * Purges what the domains' changes make stale, for as long as they can be heard. After each silence everything is
 * forgotten first, for nobody knows what was said meanwhile.
 */
export function followChanges(options: Options): Following {
  const { pubsub, log } = options;
  let isStopped = false;
  let isConnected = true;
  let isCurrent = false;
  let changes = pubsub.subscribe<Change>(CHANGES_TOPIC);
  const stopWatching = pubsub.watchConnection((isHeard) => {
    isConnected = isHeard;
    isCurrent = false;
    if (isHeard) void catchUp();
  });

  const catchUp = async (): Promise<void> => {
    while (isConnected && !isCurrent && !isStopped) {
      try {
        await changes.ready;
        await options.cache.clear();
        options.onPurge(null);
        isCurrent = isConnected;
      } catch (err) {
        log.warn({ err }, 'kept answers cannot be cleared; trying again');
        await pause(TRY_AGAIN_MILLIS, undefined, { ref: false });
      }
    }
  };

  const follow = async (): Promise<void> => {
    while (!isStopped) {
      try {
        void catchUp();
        for await (const change of changes) await purge(change, options);
        if (isStopped) return;
      } catch (err) {
        if (!isStopped) log.warn({ err }, 'changes could not be followed; beginning anew');
      }
      isCurrent = false;
      await changes.return();
      await pause(TRY_AGAIN_MILLIS, undefined, { ref: false });
      changes = pubsub.subscribe<Change>(CHANGES_TOPIC);
    }
  };
  const following = follow();

  return {
    get isCurrent() {
      return isCurrent;
    },
    async stop() {
      isStopped = true;
      isCurrent = false;
      stopWatching();
      await changes.return();
      await following;
    },
  };
}

async function purge({ domain, event }: Change, { cache, onPurge }: Options): Promise<void> {
  const entities = changedEntities(event);
  if (entities.length === 0) return;
  const tags = new Set(entities.flatMap(tagsOfChange));
  await cache.purge([...tags], `${event.id}:${domain}`);
  onPurge(new Set(entities.map(({ type }) => type)));
  const lagMillis = Date.now() - Date.parse(event.occurredAt);
  purgeLag.observe({ domain }, Math.max(0, lagMillis) / 1_000);
}
