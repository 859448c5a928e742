import { buffer } from 'node:stream/consumers';
import { newId } from '@storegraph/ids';
import { keepBytes } from '../blobs/keep-blob.action.js';
import type { Deps } from '../context.js';
import { dominantColorOf } from './dominant-color.action.js';
import { renderPicture } from './render-picture.action.js';
import type { Rendition, RenditionFormat } from './rendition.js';
import {
  findImageWithRendition,
  insertRendition,
  setDominantColor,
  type ImageWithRendition,
} from './rendition.store.js';

type Wanted = { assetId: string; width: number; format: RenditionFormat };

/** The image a picture is asked of, and the picture when it has been made before; `null` when there is no image. */
export function findRendition({ prisma }: Deps, wanted: Wanted): Promise<ImageWithRendition | null> {
  return findImageWithRendition(prisma, wanted);
}

/**
 * Makes a smaller picture of an image and keeps it. Everyone who asks for it meanwhile gets the same; two
 * processes may both make it, which costs time and changes nothing.
 *
 * @returns `null` when the image's own file is missing
 * @throws {WorkshopFull} when too many pictures wait to be made
 */
export function makeRendition(
  deps: Deps,
  image: ImageWithRendition,
  wanted: Wanted,
): Promise<Rendition | null> {
  const { assetId, width, format } = wanted;
  return deps.workshop.do(`${assetId}/${image.contentHash}/${width}.${format}`, async () => {
    const original = await deps.blobs.open(image.contentHash);
    if (!original) return null;
    const content = await buffer(original);
    const startedAt = performance.now();
    const picture = await renderPicture({ ...image, content }, wanted);
    const processingMillis = Math.round(performance.now() - startedAt);
    const contentHash = await keepBytes(deps, picture.content);
    const rendition = { contentHash, format, fileSize: BigInt(picture.content.length) };
    await insertRendition(deps.prisma, {
      ...rendition,
      id: newId('rendition'),
      assetId,
      width,
      pixelWidth: picture.width,
      pixelHeight: picture.height,
      processingMillis,
      createdAt: deps.now(),
    });
    if (!image.dominantColor)
      await setDominantColor(deps.prisma, assetId, await dominantColorOf(picture.content));
    return rendition;
  });
}
