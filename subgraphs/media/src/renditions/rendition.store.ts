import type { Database } from '@storegraph/media-db';
import type { Rendition, RenditionFormat } from './rendition.js';

export type { Database } from '@storegraph/media-db';

type NewRendition = Rendition & {
  readonly id: string;
  readonly assetId: string;
  readonly width: number;
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  readonly processingMillis: number;
  readonly createdAt: Date;
};

/** An image that may have smaller pictures, with the one asked for when it has been made. */
export type ImageWithRendition = {
  readonly contentHash: string;
  readonly mimeType: string;
  readonly width: number | null;
  readonly dominantColor: string | null;
  readonly rendition: Rendition | null;
};

/** Both in one statement: every request for a picture asks this. */
export async function findImageWithRendition(
  db: Database,
  wanted: { assetId: string; width: number; format: RenditionFormat },
): Promise<ImageWithRendition | null> {
  const [row] = await db.$queryRaw<
    (Omit<ImageWithRendition, 'rendition'> & { madeHash: string | null; madeSize: bigint | null })[]
  >`
    SELECT a.content_hash AS "contentHash", a.mime_type AS "mimeType", a.width, a.dominant_color AS "dominantColor",
      r.content_hash AS "madeHash", r.file_size AS "madeSize"
    FROM assets a
    LEFT JOIN renditions r ON r.asset_id = a.id AND r.width = ${wanted.width}
      AND r.format = ${wanted.format}::rendition_format
    WHERE a.id = ${wanted.assetId} AND a.kind = 'IMAGE' AND a.is_public AND a.content_hash IS NOT NULL`;
  if (!row) return null;
  const { madeHash, madeSize, ...image } = row;
  const { format } = wanted;
  return {
    ...image,
    rendition: madeHash === null ? null : { contentHash: madeHash, format, fileSize: madeSize ?? 0n },
  };
}

/** Remembers what was made; another process may have been first, or the image may be gone by now. */
export async function insertRendition(db: Database, rendition: NewRendition): Promise<void> {
  const { id, assetId, format, width, contentHash, fileSize, pixelWidth, pixelHeight } = rendition;
  await db.$executeRaw`
    INSERT INTO renditions
      (id, asset_id, format, width, content_hash, file_size, pixel_width, pixel_height, processing_millis, created_at)
    SELECT ${id}, a.id, ${format}::rendition_format, ${width}::int, ${contentHash}, ${fileSize}::bigint, ${pixelWidth}::int,
      ${pixelHeight}::int, ${rendition.processingMillis}::int, ${rendition.createdAt}::timestamptz
    FROM assets a WHERE a.id = ${assetId} FOR KEY SHARE
    ON CONFLICT (asset_id, width, format) DO UPDATE
      SET content_hash = EXCLUDED.content_hash, file_size = EXCLUDED.file_size`;
}

export async function setDominantColor(db: Database, assetId: string, dominantColor: string): Promise<void> {
  await db.asset.updateMany({ where: { id: assetId, dominantColor: null }, data: { dominantColor } });
}
