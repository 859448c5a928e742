import sharp, { type Sharp } from 'sharp';
import { dominantColorOf } from './dominant-color.action.js';

/** A picture as it is kept: upright, in sRGB, and with nothing in it but the picture. */
export type NormalisedImage = {
  readonly content: Buffer;
  /** In pixels; so is the height. Of one frame when it moves. */
  readonly width: number;
  readonly height: number;
  readonly dominantColor: string;
};

export type NormaliseOutcome =
  { kind: 'normalised'; image: NormalisedImage } | { kind: 'malformed' } | { kind: 'too-many-pixels' };

/** All frames together; what a decoder would hold in memory is four times as many bytes. */
const MOST_PIXELS = 50_000_000;

/** The longest edge WebP can have; renditions are WebP by default. */
const LONGEST_EDGE = 16_383;

const PATIENCE_SECONDS = 30;

const FORMATS: Readonly<Record<string, { name: string; moves: boolean; encode: (image: Sharp) => Sharp }>> = {
  'image/jpeg': { name: 'jpeg', moves: false, encode: (image) => image.jpeg({ quality: 90 }) },
  'image/png': { name: 'png', moves: false, encode: (image) => image.png() },
  'image/webp': { name: 'webp', moves: true, encode: (image) => image.webp({ quality: 90, effort: 3 }) },
  'image/avif': { name: 'heif', moves: false, encode: (image) => image.avif({ quality: 70, effort: 2 }) },
  'image/gif': { name: 'gif', moves: true, encode: (image) => image.gif({ effort: 3 }) },
};

/**
 * Decodes every pixel of a picture and encodes it again in its own format. Positions, cameras, names, thumbnails
 * and whatever else was hidden beside the pixels are gone then. The header is looked at first: a small file that
 * unpacks to more than 50 million pixels is refused before anything is unpacked.
 *
 * @param mimeType what the file's first bytes say it is
 */
export async function normaliseImage(source: string | Buffer, mimeType: string): Promise<NormaliseOutcome> {
  const format = FORMATS[mimeType];
  if (!format) return { kind: 'malformed' };
  const open = () =>
    sharp(source, { animated: format.moves, failOn: 'error', limitInputPixels: MOST_PIXELS });
  try {
    const { format: found, width, height, pages = 1 } = await open().metadata();
    if (found !== format.name) return { kind: 'malformed' };
    if (width * height > MOST_PIXELS || Math.max(width, height / pages) > LONGEST_EDGE)
      return { kind: 'too-many-pixels' };
    // A strip of frames cannot be turned as one; formats that move say nothing of orientation in practice.
    const upright = pages > 1 ? open() : open().autoOrient();
    const { data: content, info } = await format
      .encode(upright.timeout({ seconds: PATIENCE_SECONDS }))
      .toBuffer({ resolveWithObject: true });
    return {
      kind: 'normalised',
      image: {
        content,
        width: info.width,
        height: info.pageHeight ?? info.height,
        dominantColor: await dominantColorOf(content),
      },
    };
  } catch (error) {
    return { kind: /pixel limit/i.test(messageOf(error)) ? 'too-many-pixels' : 'malformed' };
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : '');
