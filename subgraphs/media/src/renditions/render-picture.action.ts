import sharp, { type Sharp } from 'sharp';
import { SVG } from '../uploads/accepted-type.js';
import { RenditionFormat } from './rendition.js';

/** What a picture is made from. */
export type PictureSource = {
  readonly content: Buffer;
  readonly mimeType: string;
  readonly width: number | null;
};

const PATIENCE_SECONDS = 30;
const SVG_DPI = 72;
const HIGHEST_DPI = 2_400;

/** Draws an image in another width and format. Photographs are never enlarged; drawings are drawn anew. */
export async function renderPicture(
  source: PictureSource,
  { width, format }: { width: number; format: RenditionFormat },
): Promise<{ content: Buffer; width: number; height: number }> {
  const isDrawing = source.mimeType === SVG;
  const density = isDrawing
    ? Math.min(HIGHEST_DPI, Math.max(1, (SVG_DPI * width) / (source.width ?? width)))
    : undefined;
  const picture = sharp(source.content, { density, failOn: 'error' })
    .resize({ width, withoutEnlargement: !isDrawing })
    .timeout({ seconds: PATIENCE_SECONDS });
  const { data, info } = await encode(picture, format).toBuffer({ resolveWithObject: true });
  return { content: data, width: info.width, height: info.height };
}

function encode(picture: Sharp, format: RenditionFormat): Sharp {
  switch (format) {
    case RenditionFormat.WEBP:
      return picture.webp({ quality: 80, effort: 3 });
    case RenditionFormat.AVIF:
      return picture.avif({ quality: 55, effort: 2 });
    case RenditionFormat.JPEG:
      return picture.flatten({ background: '#ffffff' }).jpeg({ quality: 82, progressive: true });
  }
}
