export enum RenditionFormat {
  WEBP = 'WEBP',
  AVIF = 'AVIF',
  JPEG = 'JPEG',
}

/** A smaller picture of an image, made once and kept. */
export type Rendition = {
  readonly contentHash: string;
  readonly format: RenditionFormat;
  /** In bytes. */
  readonly fileSize: bigint;
};

/** Widths pictures are made in, in pixels: few, so that caches and disks stay small. */
const WIDTHS = [64, 160, 320, 640, 960, 1280, 1920] as const;

const WIDEST = 1920;

/** How wide a drawing is shown when nobody says. */
export const drawingWidth = 1280;

/** The narrowest width made that is not less than asked for; beyond the widest, that. */
export function widthAtLeast(width: number): number {
  return WIDTHS.find((made) => made >= width) ?? WIDEST;
}

/** Whether pictures are made in this width. */
export function isMadeIn(width: number): boolean {
  return WIDTHS.some((made) => made === width);
}

/** The media type of each format. */
export function mimeTypeOf(format: RenditionFormat): string {
  return `image/${format.toLowerCase()}`;
}
