import { assetReady, eventTopic, follow } from '@storegraph/events';
import type { Deps } from '../context.js';
import { findAssetsByIds } from './asset.store.js';

/**
 * A live stream that gives something at once and whenever the asset's processing has come further; what it gives
 * says nothing, the asset itself is read anew.
 */
export function watchAsset(deps: Deps, assetId: string): AsyncIterableIterator<null, undefined> {
  let seen: string | null = null;
  return follow({
    pubsub: deps.pubsub,
    topic: eventTopic(assetReady.type, assetId),
    log: deps.log,
    async read() {
      const [asset] = await findAssetsByIds(deps.prisma, [assetId]);
      const now = asset ? `${asset.status} ${asset.version}` : 'gone';
      const news = now === seen ? [] : [null];
      seen = now;
      return { news, isOver: false };
    },
  });
}

/** Tells those who watch an asset that something other than its readiness has happened to it. */
export async function tellWatchers({ pubsub, log }: Deps, assetId: string): Promise<void> {
  await pubsub.publish(eventTopic(assetReady.type, assetId), null).catch((error: unknown) => {
    log.warn({ err: error, assetId }, 'the processing of an asset was not announced');
  });
}
