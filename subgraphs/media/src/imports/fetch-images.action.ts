import { fileTypeFromBuffer } from 'file-type';
import { assetReady, publish } from '@storegraph/events';
import { tellWatchers } from '../assets/watch-asset.action.js';
import { keepBytes } from '../blobs/keep-blob.action.js';
import type { Deps } from '../context.js';
import { announceGalleries, findGalleriesShowing } from '../galleries/announce-gallery.action.js';
import { normaliseImage, type NormalisedImage } from '../renditions/normalise-image.action.js';
import { WorkshopFull } from '../renditions/workshop.js';
import { fetchExternalImage } from './external-image.client.js';
import { nextAttemptAt } from './external-image.js';
import { adoptImage, setNextFetch, takeDueImages, type DueImage } from './import.store.js';

const AT_ONCE = 2;
const MOST_PER_RUN = 60;
const LEASE_MILLIS = 5 * 60_000; // five minutes, after which another process may try
const FIRST_PAUSE_MILLIS = 60_000;
const LONGEST_PAUSE_MILLIS = 30 * 60_000;

type Attempt = 'adopted' | 'given-up' | 'later' | 'offline';

/**
 * Fetches pictures that lie elsewhere, a few at a time. While no address can be reached at all it pauses, longer
 * each time up to half an hour: a shop without Internet costs next to nothing.
 *
 * @returns the work of one turn
 */
export function createImageFetcher(deps: Deps): () => Promise<void> {
  let pausedUntil = 0;
  let pauseMillis = FIRST_PAUSE_MILLIS;
  return async () => {
    if (deps.now().getTime() < pausedUntil) return;
    for (let taken = 0; taken < MOST_PER_RUN; taken += AT_ONCE) {
      const now = deps.now();
      const until = new Date(now.getTime() + LEASE_MILLIS);
      const due = await takeDueImages(deps.prisma, { now, until, limit: AT_ONCE });
      if (due.length === 0) return;
      const attempts = await Promise.all(due.map((image) => attempt(deps, image)));
      if (attempts.every((each) => each === 'offline')) {
        pausedUntil = now.getTime() + pauseMillis;
        pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS);
        return;
      }
      pauseMillis = FIRST_PAUSE_MILLIS;
    }
  };
}

async function attempt(deps: Deps, image: DueImage): Promise<Attempt> {
  const { allowsPrivateNetworks } = deps.config.externalImages;
  const outcome = await fetchExternalImage(image.sourceUrl, { allowsPrivateNetworks });
  if (outcome.kind === 'refused') return giveUp(deps, image, outcome.reason);
  if (outcome.kind === 'failed') {
    const retried = await tryLater(deps, image, outcome.reason);
    return outcome.isOffline ? 'offline' : retried;
  }
  const mimeType = (await fileTypeFromBuffer(outcome.content))?.mime ?? '';
  try {
    const { content } = outcome;
    const normalised = await deps.workshop.do(`fetch/${image.id}`, () => normaliseImage(content, mimeType));
    if (normalised.kind !== 'normalised') return await giveUp(deps, image, normalised.kind);
    await adopt(deps, image.id, { ...normalised.image, mimeType });
    return 'adopted';
  } catch (error) {
    if (error instanceof WorkshopFull) return tryLater(deps, image, error.message);
    throw error;
  }
}

async function adopt(deps: Deps, id: string, image: NormalisedImage & { mimeType: string }): Promise<void> {
  const { content, width, height, dominantColor, mimeType } = image;
  const contentHash = await keepBytes(deps, content);
  await deps.prisma.$transaction(async (tx) => {
    const file = { contentHash, fileSize: BigInt(content.length), width, height, dominantColor, mimeType };
    const asset = await adoptImage(tx, id, { ...file, now: deps.now() });
    if (!asset) return;
    const { id: assetId, ownerId, kind } = asset;
    await publish(tx, assetReady({ aggregateId: assetId, data: { assetId, ownerId, kind } }));
    await announceGalleries(deps.config, tx, await findGalleriesShowing(tx, [assetId]));
  });
}

async function tryLater(deps: Deps, image: DueImage, reason: string): Promise<Attempt> {
  const next = nextAttemptAt(image.attempts, deps.now());
  if (!next) return giveUp(deps, image, reason);
  await setNextFetch(deps.prisma, image.id, next);
  return 'later';
}

async function giveUp(deps: Deps, image: DueImage, reason: string): Promise<Attempt> {
  deps.log.info({ assetId: image.id, reason }, 'a picture stays where it was found');
  await setNextFetch(deps.prisma, image.id, null);
  await tellWatchers(deps, image.id);
  return 'given-up';
}
