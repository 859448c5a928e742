import { drawingWidth, mimeTypeOf, RenditionFormat, widthAtLeast } from '../renditions/rendition.js';
import { extensionOf, SVG } from '../uploads/accepted-type.js';
import { AssetKind, type Asset } from './asset.js';

/** How much of the content's hash an address carries: enough that nobody finds content by guessing. */
const TAG_LENGTH = 32;

type Addressed = Pick<Asset, 'id' | 'kind' | 'contentHash' | 'mimeType' | 'sourceUrl'>;

/** The part of a content hash that stands in addresses: another content has another address. */
export function tagOf(contentHash: string): string {
  return contentHash.slice(0, TAG_LENGTH);
}

/**
 * Where the file is read. A drawing is never handed out as such, because SVG can carry scripts: its address is
 * that of a large picture of it. A file that is not kept here (yet) is read where the import found it.
 */
export function addressOf(asset: Addressed, cdnUrl: string): string {
  if (!asset.contentHash || !asset.mimeType) return asset.sourceUrl ?? '';
  if (asset.mimeType === SVG)
    return thumbnailAddressOf(asset, { width: drawingWidth, format: RenditionFormat.WEBP }, cdnUrl);
  return `${cdnUrl}/media/${asset.id}/${tagOf(asset.contentHash)}.${extensionOf(asset.mimeType)}`;
}

/** The media type of what `addressOf` leads to; `null` when only its server knows. */
export function typeAtAddress(asset: Pick<Asset, 'mimeType'>): string | null {
  return asset.mimeType === SVG ? mimeTypeOf(RenditionFormat.WEBP) : asset.mimeType;
}

/** Where a smaller picture of it is read; that of something that is no picture is the file itself. */
export function thumbnailAddressOf(
  asset: Addressed,
  { width, format }: { width: number; format: RenditionFormat },
  cdnUrl: string,
): string {
  if (!asset.contentHash || asset.kind !== AssetKind.IMAGE) return addressOf(asset, cdnUrl);
  const file = `w${widthAtLeast(width)}.${format.toLowerCase()}`;
  return `${cdnUrl}/media/${asset.id}/${tagOf(asset.contentHash)}/${file}`;
}
