import { assetReady, eventTopic, type PubSub } from '@storegraph/events';

/**
 * A live stream that gives something at once and whenever the asset's processing has come further; what it gives
 * says nothing, the asset itself is read anew. Subscribes before the first value, so that no gap remains.
 */
export function watchAsset(pubsub: PubSub, assetId: string): AsyncIterableIterator<unknown> {
  const changes = pubsub.subscribe(eventTopic(assetReady.type, assetId));
  let isFirst = true;
  return {
    async next() {
      if (!isFirst) return changes.next();
      isFirst = false;
      await changes.ready;
      return { done: false, value: null };
    },
    return: () => changes.return(),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Tells those who watch an asset that something other than its readiness has happened to it. */
export async function tellWatchers(pubsub: PubSub, assetId: string): Promise<void> {
  await pubsub.publish(eventTopic(assetReady.type, assetId), null);
}
